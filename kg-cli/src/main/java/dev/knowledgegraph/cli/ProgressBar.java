package dev.knowledgegraph.cli;

import java.io.PrintStream;
import java.util.Locale;

/** One line of a terminal that says how far something is, and is gone when it is done. */
final class ProgressBar implements AutoCloseable {
  private static final long EVERY_NANOS = 100_000_000L;
  private static final int BAR = 24;
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
  private static final String ERASE = "\r\u001b[K";

  private final String doing;
  private final PrintStream terminal;
  private final boolean colored;
  private final long start = System.nanoTime();
  private long next = start + EVERY_NANOS;
  private final int width;
  private boolean shown;

  /**
   * A bar on a terminal.
   *
   * @param doing what goes on, in a word
   * @param width how many columns the terminal has
   */
  ProgressBar(String doing, PrintStream terminal, int width, boolean colored) {
    this.doing = doing;
    this.terminal = terminal;
    this.width = width;
    this.colored = colored;
  }

  /**
   * Shows how far it is, unless it was shown just before.
   *
   * @param counts what has been done, in words
   * @param items of which it is shown how many come a second, and when that will be all; none if
   *     that says nothing
   */
  void show(long done, long total, String counts, long items) {
    long now = System.nanoTime();
    if (now - next < 0) {
      return;
    }
    next = now + EVERY_NANOS;
    shown = true;
    String line = line(total == 0 ? 0 : (double) done / total, counts, items, now - start);
    terminal.print(
        ERASE + (colored ? line.replaceFirst("[█▏▎▍▌▋▊▉]+", "\u001b[32m$0\u001b[0m") : line));
    terminal.flush();
  }

  private String line(double part, String counts, long items, long nanos) {
    return line(doing, part, counts, items, nanos / 1e9, width);
  }

  /** The line for a terminal of this width; what matters least is left out first. */
  static String line(
      String doing, double part, String counts, long items, double seconds, int width) {
    String percent = String.format(Locale.ROOT, "%3.0f %%", 100 * part);
    String rate =
        items == 0 ? "" : Output.count(Math.round(items / Math.max(seconds, 0.001))) + "/s   ";
    String left = items > 0 && part > 0.01 ? time(seconds * (1 - part) / part) + " left" : "";
    String[] lines = {
      doing + "  " + bar(part) + "  " + percent + "   " + counts + "   " + rate + left,
      doing + "  " + percent + "   " + counts + "   " + left,
      doing + "  " + percent + "   " + left,
      percent
    };
    for (String line : lines) {
      if (line.stripTrailing().length() < width) {
        return line.stripTrailing();
      }
    }
    return "";
  }

  private static String bar(double part) {
    int eighths = (int) (part * BAR * 8);
    String full = "█".repeat(eighths / 8);
    String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
    return full + rest + " ".repeat(BAR - full.length() - rest.length());
  }

  private static String time(double seconds) {
    long whole = (long) Math.ceil(seconds);
    return whole < 60
        ? whole + " s"
        : whole < 3_600
            ? whole / 60 + " min " + whole % 60 + " s"
            : whole / 3_600 + " h " + whole % 3_600 / 60 + " min";
  }

  /** Erases it; once is enough. */
  @Override
  public void close() {
    if (shown) {
      terminal.print(ERASE);
      terminal.flush();
      shown = false;
    }
  }
}
