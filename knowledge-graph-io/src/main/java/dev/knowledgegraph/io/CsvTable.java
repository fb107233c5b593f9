package dev.knowledgegraph.io;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A delimited file with a header, read row by row. */
final class CsvTable {
  private static final String DELIMITERS = ",;\t|";

  private CsvTable() {}

  /** Takes what a table holds. */
  interface Rows {
    /** Takes the header, which is the first row. */
    void header(List<String> names);

    /** Takes a row that has as many fields as the header. */
    void row(Place place, List<String> fields);

    /** Notes a row that does not. */
    void reject(Place place, String reason);

    /** Whether the rest need not be read. */
    default boolean isEnough() {
      return false;
    }
  }

  /** The delimiter of a header: the one it has most of outside quotes. */
  static char delimiter(String header) {
    char best = ',';
    int most = 0;
    for (int i = 0; i < DELIMITERS.length(); i++) {
      char candidate = DELIMITERS.charAt(i);
      int count = 0;
      boolean quoted = false;
      for (int j = 0; j < header.length(); j++) {
        char c = header.charAt(j);
        if (c == '"') {
          quoted = !quoted;
        } else if (c == candidate && !quoted) {
          count++;
        }
      }
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  /** The names of a header. */
  static List<String> names(String header) {
    char delimiter = delimiter(header);
    try {
      return CsvReader.builder()
          .fieldSeparator(delimiter)
          .ofSingleCsvRecord(header)
          .getFields()
          .stream()
          .map(String::strip)
          .toList();
    } catch (CsvParseException e) {
      return List.of();
    }
  }

  /**
   * Reads a table.
   *
   * @param barsUnquoted whether a table delimited by bars has no quoting, as neo4j-admin tables
   */
  static void read(Path file, ImportOptions options, boolean barsUnquoted, Rows rows)
      throws IOException {
    char delimiter = delimiter(Sources.firstLine(Sources.start(file.path())));
    try (BufferedReader in = Sources.reader(file.path(), options)) {
      if (delimiter == '|' && barsUnquoted) {
        unquoted(file, in, options, rows);
      } else {
        quoted(file, in, delimiter, options, rows);
      }
    }
  }

  /** A file and the name it goes by in reports. */
  record Path(java.nio.file.Path path, String shown) {
    static Path of(java.nio.file.Path path) {
      return new Path(path, path.toString());
    }
  }

  private static void unquoted(Path file, BufferedReader in, ImportOptions options, Rows rows)
      throws IOException {
    int width = -1;
    var lines = new Lines(in, file.shown(), options);
    for (String line = lines.next(rows::reject); line != null; line = lines.next(rows::reject)) {
      if (line.isEmpty()) {
        continue;
      }
      List<String> fields = split(line, '|');
      if (width < 0) {
        width = fields.size();
        rows.header(fields);
      } else {
        pass(lines.place(), fields, width, rows);
      }
      if (rows.isEnough()) {
        return;
      }
    }
    requireHeader(width, file, rows);
  }

  private static void quoted(
      Path file, BufferedReader in, char delimiter, ImportOptions options, Rows rows)
      throws IOException {
    CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(options.limits().lineLength())
            .ofCsvRecord(in);
    int width = -1;
    long line = 1;
    try {
      for (Iterator<CsvRecord> records = reader.iterator(); records.hasNext(); ) {
        CsvRecord record = records.next();
        line = record.getStartingLineNumber();
        List<String> fields = record.getFields();
        if (width < 0) {
          width = fields.size();
          rows.header(fields.stream().map(String::strip).toList());
        } else {
          pass(Place.of(file.shown(), line), fields, width, rows);
        }
        if (rows.isEnough()) {
          return;
        }
      }
      requireHeader(width, file, rows);
    } catch (CsvParseException e) {
      rows.reject(
          Place.of(file.shown(), line + 1),
          "the rest cannot be read: "
              + (e.getCause() instanceof IllegalArgumentException cause ? cause : e).getMessage());
    }
  }

  private static void requireHeader(int width, Path file, Rows rows) {
    if (width < 0) {
      rows.reject(
          Place.of(file.shown(), 1), "expected a row that names the columns, found an empty file");
    }
  }

  private static void pass(Place place, List<String> fields, int width, Rows rows) {
    if (fields.size() != width) {
      rows.reject(place, fields.size() + " fields, the header has " + width);
    } else {
      rows.row(place, fields);
    }
  }

  static List<String> split(String line, char delimiter) {
    var fields = new ArrayList<String>();
    int start = 0;
    for (int end = line.indexOf(delimiter); end >= 0; end = line.indexOf(delimiter, start)) {
      fields.add(line.substring(start, end));
      start = end + 1;
    }
    fields.add(line.substring(start));
    return fields;
  }
}
