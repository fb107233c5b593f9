package dev.knowledgegraph.cli;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What the library logs, on standard error: a line an entry, with its time, level, logger and the
 * correlation id of this process.
 */
final class Logs {
  private static final String ALL = "dev.knowledgegraph";
  private static final Map<String, Level> LEVELS =
      Map.of(
          "off", Level.OFF,
          "error", Level.SEVERE,
          "warn", Level.WARNING,
          "info", Level.INFO,
          "debug", Level.FINE,
          "trace", Level.FINEST);

  /** The loggers that were set: the JDK forgets those that nobody holds. */
  private final List<Logger> held = new ArrayList<>();

  /**
   * Sets levels.
   *
   * @param levels such as {@code debug} or {@code dev.knowledgegraph.bus=debug,org.sqlite=info}
   */
  void set(String levels, PrintStream err, String correlationId) {
    var handler = new Lines(err, correlationId);
    for (String each : levels.split(",", -1)) {
      int equals = each.indexOf('=');
      String name = equals < 0 ? ALL : each.substring(0, equals).strip();
      Level level = LEVELS.get(each.substring(equals + 1).strip().toLowerCase(Locale.ROOT));
      if (level == null) {
        throw Failure.usage(
            "--log: expected off, error, warn, info, debug or trace, alone or as PACKAGE=LEVEL,…;"
                + " found \""
                + Output.brief(each)
                + '"');
      }
      Logger logger = Logger.getLogger(name);
      for (Handler before : logger.getHandlers()) {
        logger.removeHandler(before);
      }
      logger.setLevel(level);
      logger.setUseParentHandlers(false);
      logger.addHandler(handler);
      held.add(logger);
    }
  }

  private static final class Lines extends Handler {
    private final PrintStream err;
    private final String correlationId;

    Lines(PrintStream err, String correlationId) {
      this.err = err;
      this.correlationId = correlationId;
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord entry) {
      err.println(
          entry.getInstant().truncatedTo(ChronoUnit.MILLIS)
              + " "
              + name(entry.getLevel())
              + " "
              + entry.getLoggerName()
              + " ["
              + correlationId
              + "] "
              + entry.getMessage());
      if (entry.getThrown() != null) {
        entry.getThrown().printStackTrace(err);
      }
    }

    private static String name(Level level) {
      return level.intValue() >= Level.SEVERE.intValue()
          ? "ERROR"
          : level.intValue() >= Level.WARNING.intValue()
              ? "WARN"
              : level.intValue() >= Level.INFO.intValue()
                  ? "INFO"
                  : level.intValue() >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    @Override
    public void flush() {
      err.flush();
    }

    @Override
    public void close() {
      flush();
    }
  }
}
