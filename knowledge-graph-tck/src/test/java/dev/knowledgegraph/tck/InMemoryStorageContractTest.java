package dev.knowledgegraph.tck;

import dev.knowledgegraph.tck.storage.AppendContract;
import dev.knowledgegraph.tck.storage.CheckpointContract;
import dev.knowledgegraph.tck.storage.CloseContract;
import dev.knowledgegraph.tck.storage.ConditionContract;
import dev.knowledgegraph.tck.storage.DeadLetterContract;
import dev.knowledgegraph.tck.storage.IdentifierContract;
import dev.knowledgegraph.tck.storage.LeaseContract;
import dev.knowledgegraph.tck.storage.LimitContract;
import dev.knowledgegraph.tck.storage.ModelContract;
import dev.knowledgegraph.tck.storage.PositionContract;
import dev.knowledgegraph.tck.storage.RaceContract;
import dev.knowledgegraph.tck.storage.ReadContract;
import dev.knowledgegraph.tck.storage.RebuildContract;
import dev.knowledgegraph.tck.storage.ReceiptContract;
import dev.knowledgegraph.tck.storage.ShapeContract;
import org.junit.jupiter.api.Nested;

/** The reference implementation keeps every contract. */
class InMemoryStorageContractTest {
  @Nested
  class Append extends AppendContract {
    Append() {
      super(InMemoryFixture::new);
    }
  }

  @Nested
  class Condition extends ConditionContract {
    Condition() {
      super(InMemoryFixture::new);
    }
  }

  @Nested
  class Race extends RaceContract {
    Race() {
      super(InMemoryFixture::new);
    }
  }

  @Nested
  class Position extends PositionContract {
    Position() {
      super(InMemoryFixture::new);
    }
  }

  @Nested
  class Identifier extends IdentifierContract {
    Identifier() {
      super(InMemoryFixture::new);
    }
  }

  @Nested
  class Limit extends LimitContract {
    Limit() {
      super(InMemoryFixture::new);
    }
  }

  @Nested
  class Read extends ReadContract {
    Read() {
      super(InMemoryFixture::new);
    }
  }

  @Nested
  class Shape extends ShapeContract {
    Shape() {
      super(InMemoryFixture::new);
    }
  }

  @Nested
  class Checkpoint extends CheckpointContract {
    Checkpoint() {
      super(InMemoryFixture::new);
    }
  }

  @Nested
  class DeadLetter extends DeadLetterContract {
    DeadLetter() {
      super(InMemoryFixture::new);
    }
  }

  @Nested
  class Lease extends LeaseContract {
    Lease() {
      super(InMemoryFixture::new);
    }
  }

  @Nested
  class Rebuild extends RebuildContract {
    Rebuild() {
      super(InMemoryFixture::new);
    }
  }

  @Nested
  class Close extends CloseContract {
    Close() {
      super(InMemoryFixture::new);
    }
  }

  @Nested
  class Receipt extends ReceiptContract {
    Receipt() {
      super(InMemoryFixture::new);
    }
  }

  @Nested
  class Model extends ModelContract {
    Model() {
      super(InMemoryFixture::new);
    }
  }
}
