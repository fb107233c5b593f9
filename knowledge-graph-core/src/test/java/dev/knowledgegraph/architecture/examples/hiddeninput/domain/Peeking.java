package dev.knowledgegraph.architecture.examples.hiddeninput.domain;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Takes from its surroundings whatever it can, one thing in each method. */
@SuppressWarnings({"DefaultCharset", "JavaTimeDefaultTimeZone", "StringCaseLocaleUsage"})
final class Peeking {
  private Peeking() {}

  static Object instant() {
    return Instant.now();
  }

  static Object today() {
    return LocalDate.now();
  }

  static Object millis() {
    return System.currentTimeMillis();
  }

  static Object clock() {
    return Clock.systemUTC();
  }

  static Object uuid() {
    return UUID.randomUUID();
  }

  static Object random() {
    return new Random();
  }

  static Object chance() {
    return ThreadLocalRandom.current().nextInt() + Math.random();
  }

  static Object nap() throws InterruptedException {
    Thread.sleep(1);
    return "";
  }

  static Object bytes() {
    return "text".getBytes();
  }

  static Object text() {
    return new String(new byte[0]);
  }

  static Object reader() {
    return new InputStreamReader(new ByteArrayInputStream(new byte[0]));
  }

  static Object charset() {
    return Charset.defaultCharset();
  }

  static Object locale() {
    return Locale.getDefault();
  }

  static Object lower() {
    return "Text".toLowerCase();
  }

  static Object formatted() {
    return "%d".formatted(1);
  }

  static Object trace() {
    new IllegalStateException().printStackTrace();
    return "";
  }
}
