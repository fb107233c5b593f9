package dev.knowledgegraph.tck.storage;

import dev.knowledgegraph.tck.Seeds;
import dev.knowledgegraph.tck.StorageFixture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * All laws at once: whatever is sent, the store does and answers what the reference implementation
 * does and answers. The system property {@value #SEQUENCES} says how many sequences of commands.
 */
public abstract class ModelContract extends StorageContract {
  /** The system property. */
  public static final String SEQUENCES = "kg.model.sequences";

  private final int sequences;

  /** A suite for stores of such a fixture. */
  protected ModelContract(Supplier<? extends StorageFixture> fixtures) {
    this(fixtures, 1_000);
  }

  /**
   * The same for stores that take longer for a command.
   *
   * @param sequences how many there are if the system property does not say
   */
  protected ModelContract(Supplier<? extends StorageFixture> fixtures, int sequences) {
    super(fixtures);
    this.sequences = sequences;
  }

  @Test
  void random_commands_have_the_same_effect_as_in_memory() {
    new ModelRun(storage).check(Seeds.seed("model"), Integer.getInteger(SEQUENCES, sequences));
  }

  @Test
  @Tag("soak")
  void many_random_commands_have_the_same_effect_as_in_memory() {
    new ModelRun(storage).check(Seeds.seed("model soak"), Integer.getInteger(SEQUENCES, 10_000));
  }
}
