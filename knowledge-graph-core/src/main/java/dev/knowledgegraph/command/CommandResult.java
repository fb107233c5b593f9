package dev.knowledgegraph.command;

import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.event.Position;
import java.util.List;

/** What became of a command. Closed until the next major version. */
public sealed interface CommandResult {
  /**
   * It was carried out and is durable.
   *
   * @param position where the log stands after it; unchanged if it changed nothing
   * @param events how many events it made; 0 if it changed nothing
   * @param items what became of each item of a bulk command, in order; empty for others
   */
  record Accepted(Position position, int events, List<ItemResult> items) implements CommandResult {
    public Accepted {
      items = List.copyOf(items);
    }

    /** How many items ended this way. */
    public long count(Class<? extends ItemResult> kind) {
      return items.stream().filter(kind::isInstance).count();
    }
  }

  /** It was refused; nothing changed. */
  record Rejected(Rejection rejection) implements CommandResult {}

  /** What became of one item of a bulk command. */
  sealed interface ItemResult {
    record Added() implements ItemResult {}

    record Changed() implements ItemResult {}

    record Unchanged() implements ItemResult {}

    record Refused(Rejection rejection) implements ItemResult {}
  }

  /**
   * The receipt of a command that was carried out.
   *
   * @throws RejectedException if it was refused
   */
  default Accepted orThrow() {
    return switch (this) {
      case Accepted accepted -> accepted;
      case Rejected rejected -> throw new RejectedException(rejected.rejection());
    };
  }
}
