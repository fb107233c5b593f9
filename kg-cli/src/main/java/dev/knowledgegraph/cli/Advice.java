package dev.knowledgegraph.cli;

/** What to do about a store that cannot be used. */
final class Advice {
  private Advice() {}

  /** Text to follow the message of an error of this code; empty if there is nothing to add. */
  static String on(String code, String store) {
    String kg = "kg --store " + store;
    return switch (code) {
      case "STORE_LOCKED" -> lines("Reading works: " + kg + " node list …   Waiting: --wait 30s");
      case "STORE_FULL" ->
          lines(
              "The disk with " + store + " is full; all that was acknowledged is safe.",
              "Make room there, then run the same command again.");
      case "STORE_READ_ONLY" ->
          lines(
              "Reading works. To write, make " + store + " writable or name another with --store.");
      case "STORE_UNAVAILABLE" -> lines("Look at " + store + "; --verbose shows what failed.");
      case "STORE_DAMAGED", "EVENT_DAMAGED", "LOG_DAMAGED" ->
          lines(
              "See what is wrong: "
                  + kg
                  + " doctor   Repair what can be: "
                  + kg
                  + " doctor --repair",
              "Else go back to a backup: kg --store NEW restore BACKUP");
      case "STORE_NEWER" -> lines("Use the newer kg that wrote " + store + ".");
      case "STORE_OLDER" -> lines("Bring it up to date: " + kg + " migrate up");
      default -> "";
    };
  }

  private static String lines(String... lines) {
    return "." + System.lineSeparator() + String.join(System.lineSeparator(), lines);
  }
}
