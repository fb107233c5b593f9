package dev.knowledgegraph.benchmarks;

import java.util.List;
import java.util.Locale;

/** Something to measure, beside a peer or a floor in the same run. */
interface Figure {
  /** The name by which it is asked for. */
  String name();

  /** Measures it; takes seconds to minutes. */
  List<Row> measure() throws Exception;

  /**
   * A line of the table.
   *
   * @param work what was done
   * @param ours what it took us
   * @param unit of {@code ours} and {@code other}
   * @param other what it took the peer or floor
   * @param comparedWith the peer or floor
   * @param reach what the ratio should be, in words
   * @param reached whether it is
   */
  record Row(
      String work,
      double ours,
      String unit,
      double other,
      String comparedWith,
      String reach,
      boolean reached) {
    /** A cost: the ratio must not be above {@code most}. */
    static Row atMost(
        double most, String work, double ours, String unit, double other, String comparedWith) {
      return new Row(
          work, ours, unit, other, comparedWith, "≤ " + trimmed(most) + " ×", ours <= most * other);
    }

    /** A rate: the ratio must not be below {@code least}. */
    static Row atLeast(
        double least, String work, double ours, String unit, double other, String comparedWith) {
      return new Row(
          work,
          ours,
          unit,
          other,
          comparedWith,
          "≥ " + trimmed(least) + " ×",
          ours >= least * other);
    }

    /** A ratio that has no aim. */
    static Row measured(String work, double ours, String unit, double other, String comparedWith) {
      return new Row(work, ours, unit, other, comparedWith, "–", true);
    }

    double ratio() {
      return ours / other;
    }

    String markdown() {
      return String.format(
          Locale.ROOT,
          "| %s | %s %s | %s %s (%s) | %.2f × | %s | %s |",
          work,
          number(ours),
          unit,
          number(other),
          unit,
          comparedWith,
          ratio(),
          reach,
          reached ? "yes" : "**no**");
    }

    private static String trimmed(double number) {
      return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String number(double number) {
      return String.format(
          Locale.ROOT, number < 1 ? "%.4f" : number < 10 ? "%.2f" : "%,.0f", number);
    }
  }
}
