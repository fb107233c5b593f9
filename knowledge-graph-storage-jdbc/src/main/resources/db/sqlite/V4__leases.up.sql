-- Which process does what only one may do at a time; holder is '' if nobody does. term grows with
-- each change.

CREATE TABLE lease (
  name TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  term INTEGER NOT NULL
) WITHOUT ROWID;
