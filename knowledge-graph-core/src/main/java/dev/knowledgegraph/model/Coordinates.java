package dev.knowledgegraph.model;

/**
 * Where a node stands when the graph is drawn: three finite numbers, without a unit. How far from
 * zero they may be is the graph's {@link Policy}. -0.0 is read as 0.0.
 */
public record Coordinates(double x, double y, double z) {
  public Coordinates {
    x = finite("x", x);
    y = finite("y", y);
    z = finite("z", z);
  }

  private static double finite(String axis, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "position " + axis + ": expected a finite number, found " + value);
    }
    return value == 0.0 ? 0.0 : value;
  }

  /** A point in the plane. */
  public static Coordinates of(double x, double y) {
    return new Coordinates(x, y, 0);
  }

  /** A point in space. */
  public static Coordinates of(double x, double y, double z) {
    return new Coordinates(x, y, z);
  }

  /** The Euclidean distance; infinite only if it exceeds the range of a double. */
  public double distanceTo(Coordinates other) {
    return Math.hypot(Math.hypot(x - other.x, y - other.y), z - other.z);
  }
}
