package dev.knowledgegraph.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A Spring Boot application that keeps its notes in a knowledge graph. */
@SpringBootApplication
public class NotesApplication {
  /** Starts the application. */
  public static void main(String[] args) {
    SpringApplication.run(NotesApplication.class, args);
  }
}
