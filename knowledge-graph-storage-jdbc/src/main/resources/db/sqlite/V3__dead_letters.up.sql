-- What subscribers could not take, as places in the log: idx -1 is a commit as a whole. reason is a
-- code; discarded is why somebody gave it up, '' while it waits.

CREATE TABLE dead_letter (
  owner TEXT NOT NULL,
  graph BLOB NOT NULL,
  subscriber TEXT NOT NULL,
  seq INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  stream TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  first_us INTEGER NOT NULL,
  last_us INTEGER NOT NULL,
  reason TEXT NOT NULL,
  discarded TEXT NOT NULL,
  PRIMARY KEY (owner, graph, subscriber, seq, idx)
) WITHOUT ROWID;
