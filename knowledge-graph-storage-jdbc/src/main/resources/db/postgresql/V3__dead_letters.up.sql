-- What subscribers could not take, as places in the log: idx -1 is a commit as a whole. reason is a
-- code; discarded is why somebody gave it up, '' while it waits.

CREATE TABLE dead_letter (
  owner text COLLATE "C" NOT NULL,
  graph bytea NOT NULL,
  subscriber text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  idx bigint NOT NULL,
  stream text COLLATE "C" NOT NULL,
  attempts bigint NOT NULL,
  first_us bigint NOT NULL,
  last_us bigint NOT NULL,
  reason text COLLATE "C" NOT NULL,
  discarded text COLLATE "C" NOT NULL,
  PRIMARY KEY (owner, graph, subscriber, seq, idx)
);
