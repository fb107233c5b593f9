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

/** PostgreSQL keeps every contract, on a real server. */
class PostgresStorageContractTest {
  @Nested
  class Append extends AppendContract {
    Append() {
      super(PostgresFixture::new);
    }
  }

  @Nested
  class Condition extends ConditionContract {
    Condition() {
      super(PostgresFixture::new);
    }
  }

  @Nested
  class Race extends RaceContract {
    Race() {
      super(PostgresFixture::new);
    }
  }

  @Nested
  class Position extends PositionContract {
    Position() {
      super(PostgresFixture::new);
    }
  }

  @Nested
  class Identifier extends IdentifierContract {
    Identifier() {
      super(PostgresFixture::new);
    }
  }

  @Nested
  class Limit extends LimitContract {
    Limit() {
      super(PostgresFixture::new);
    }
  }

  @Nested
  class Read extends ReadContract {
    Read() {
      super(PostgresFixture::new);
    }
  }

  @Nested
  class Shape extends ShapeContract {
    Shape() {
      super(PostgresFixture::new);
    }
  }

  @Nested
  class Checkpoint extends CheckpointContract {
    Checkpoint() {
      super(PostgresFixture::new);
    }
  }

  @Nested
  class Rebuild extends RebuildContract {
    Rebuild() {
      super(PostgresFixture::new);
    }
  }

  @Nested
  class Close extends CloseContract {
    Close() {
      super(PostgresFixture::new);
    }
  }

  @Nested
  class Receipt extends ReceiptContract {
    Receipt() {
      super(PostgresFixture::new);
    }
  }

  @Nested
  class DeadLetter extends DeadLetterContract {
    DeadLetter() {
      super(PostgresFixture::new);
    }
  }

  @Nested
  class Lease extends LeaseContract {
    Lease() {
      super(PostgresFixture::new);
    }
  }

  @Nested
  class Model extends ModelContract {
    Model() {
      super(PostgresFixture::new, 200);
    }
  }
}
