package dev.knowledgegraph.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The programs of a page of the guide, and those of the test that runs them. */
final class Guide {
  private Guide() {}

  /** What a page prints. */
  static List<String> printed(String page) throws IOException {
    return found("```java\n(.*?)```", Files.readString(Path.of("..", "docs", "guide", page)));
  }

  /** What stands between marks in a test, without the lines that it leaves out. */
  static List<String> written(Class<?> test) throws IOException {
    var source = Path.of("src/test/java", test.getName().replace('.', '/') + ".java");
    return found("(?m)^ {4}// begin\n(.*?)^ {4}// end", Files.readString(source)).stream()
        .map(program -> program.replaceAll("(?m)^ {6}// left out\n.*\n", ""))
        .map(program -> program.replaceAll("(?m)^ {4}", ""))
        .toList();
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
