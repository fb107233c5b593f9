package dev.knowledgegraph.storage.dynamodb;

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

/** DynamoDB keeps every contract, in the local stand-in. */
class DynamoDbStorageContractTest {
  @Nested
  class Append extends AppendContract {
    Append() {
      super(DynamoDbFixture::new);
    }
  }

  @Nested
  class Condition extends ConditionContract {
    Condition() {
      super(DynamoDbFixture::new);
    }
  }

  @Nested
  class Race extends RaceContract {
    Race() {
      super(DynamoDbFixture::new);
    }
  }

  @Nested
  class Position extends PositionContract {
    Position() {
      super(DynamoDbFixture::new);
    }
  }

  @Nested
  class DeadLetter extends DeadLetterContract {
    DeadLetter() {
      super(DynamoDbFixture::new);
    }
  }

  @Nested
  class Lease extends LeaseContract {
    Lease() {
      super(DynamoDbFixture::new);
    }
  }

  @Nested
  class Identifier extends IdentifierContract {
    Identifier() {
      super(DynamoDbFixture::new);
    }
  }

  @Nested
  class Limit extends LimitContract {
    Limit() {
      super(DynamoDbFixture::new);
    }
  }

  @Nested
  class Read extends ReadContract {
    Read() {
      super(DynamoDbFixture::new);
    }
  }

  @Nested
  class Shape extends ShapeContract {
    Shape() {
      super(DynamoDbFixture::new);
    }
  }

  @Nested
  class Checkpoint extends CheckpointContract {
    Checkpoint() {
      super(DynamoDbFixture::new);
    }
  }

  @Nested
  class Rebuild extends RebuildContract {
    Rebuild() {
      super(DynamoDbFixture::new);
    }
  }

  @Nested
  class Close extends CloseContract {
    Close() {
      super(DynamoDbFixture::new);
    }
  }

  @Nested
  class Receipt extends ReceiptContract {
    Receipt() {
      super(DynamoDbFixture::new);
    }
  }

  @Nested
  class Model extends ModelContract {
    Model() {
      super(DynamoDbFixture::new);
    }
  }
}
