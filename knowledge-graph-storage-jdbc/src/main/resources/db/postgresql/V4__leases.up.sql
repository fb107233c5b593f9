-- Which process does what only one may do at a time; holder is '' if nobody does. term grows with
-- each change.

CREATE TABLE lease (
  name text COLLATE "C" PRIMARY KEY,
  holder text COLLATE "C" NOT NULL,
  term bigint NOT NULL
);
