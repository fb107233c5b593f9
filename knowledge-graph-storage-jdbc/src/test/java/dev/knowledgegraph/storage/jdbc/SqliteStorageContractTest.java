package dev.knowledgegraph.storage.jdbc;

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

/** SQLite keeps every contract, in real files. */
class SqliteStorageContractTest {
  @Nested
  class Append extends AppendContract {
    Append() {
      super(SqliteFixture::new);
    }
  }

  @Nested
  class Condition extends ConditionContract {
    Condition() {
      super(SqliteFixture::new);
    }
  }

  @Nested
  class Race extends RaceContract {
    Race() {
      super(SqliteFixture::new);
    }
  }

  @Nested
  class Position extends PositionContract {
    Position() {
      super(SqliteFixture::new);
    }
  }

  @Nested
  class Identifier extends IdentifierContract {
    Identifier() {
      super(SqliteFixture::new);
    }
  }

  @Nested
  class Limit extends LimitContract {
    Limit() {
      super(SqliteFixture::new);
    }
  }

  @Nested
  class Read extends ReadContract {
    Read() {
      super(SqliteFixture::new);
    }
  }

  @Nested
  class Shape extends ShapeContract {
    Shape() {
      super(SqliteFixture::new);
    }
  }

  @Nested
  class Checkpoint extends CheckpointContract {
    Checkpoint() {
      super(SqliteFixture::new);
    }
  }

  @Nested
  class DeadLetter extends DeadLetterContract {
    DeadLetter() {
      super(SqliteFixture::new);
    }
  }

  @Nested
  class Lease extends LeaseContract {
    Lease() {
      super(SqliteFixture::new);
    }
  }

  @Nested
  class Rebuild extends RebuildContract {
    Rebuild() {
      super(SqliteFixture::new);
    }
  }

  @Nested
  class Close extends CloseContract {
    Close() {
      super(SqliteFixture::new);
    }
  }

  @Nested
  class Receipt extends ReceiptContract {
    Receipt() {
      super(SqliteFixture::new);
    }
  }

  @Nested
  class Model extends ModelContract {
    Model() {
      super(SqliteFixture::inMemoryFiles);
    }
  }
}
