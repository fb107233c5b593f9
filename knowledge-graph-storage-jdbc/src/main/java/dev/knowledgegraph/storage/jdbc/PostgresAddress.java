package dev.knowledgegraph.storage.jdbc;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;

/**
 * An address of a store in PostgreSQL: that of the driver, with settings of the store among its
 * parameters.
 *
 * @param url without them
 */
record PostgresAddress(String url, PostgresSettings settings) {
  /**
   * Takes out {@code schema}, {@code connections}, and in seconds {@code connectionWait}, {@code
   * statementLimit} and {@code patience}.
   *
   * @throws IllegalArgumentException if a setting is none; the message has nothing of the address
   *     but the setting
   */
  static PostgresAddress parse(String address) {
    int query = address.indexOf('?');
    if (query < 0) {
      return new PostgresAddress(address, PostgresSettings.standard());
    }
    PostgresSettings settings = PostgresSettings.standard();
    var rest = new ArrayList<String>();
    for (String parameter : address.substring(query + 1).split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = parameter.substring(equals + 1);
      switch (name) {
        case "schema" -> settings = settings.withSchema(value);
        case "connections" -> settings = settings.withConnections(number(name, value));
        case "connectionWait" -> settings = settings.withConnectionWait(seconds(name, value));
        case "statementLimit" -> settings = settings.withStatementLimit(seconds(name, value));
        case "patience" -> settings = settings.withPatience(seconds(name, value));
        default -> rest.add(parameter);
      }
    }
    String url = address.substring(0, query);
    return new PostgresAddress(rest.isEmpty() ? url : url + "?" + String.join("&", rest), settings);
  }

  private static int number(String name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": expected a number, found " + value);
    }
  }

  private static Duration seconds(String name, String value) {
    try {
      return Duration.parse("PT" + value + "S");
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(name + ": expected seconds, found " + value);
    }
  }
}
