-- Everything but the indexes. gid is a small number for a graph, nid one for a node of it.

CREATE TABLE graph (
  gid INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  owner TEXT NOT NULL,
  name TEXT,
  data TEXT,
  is_default INTEGER NOT NULL DEFAULT 0,
  created_us INTEGER NOT NULL DEFAULT 0,
  updated_us INTEGER NOT NULL DEFAULT 0,
  ver INTEGER NOT NULL DEFAULT 0,
  from_seq INTEGER NOT NULL DEFAULT 0,
  live INTEGER NOT NULL DEFAULT 0,
  -- where the log stands
  seq INTEGER NOT NULL DEFAULT 0,
  time_us INTEGER NOT NULL DEFAULT 0,
  nodes INTEGER NOT NULL DEFAULT 0,
  edges INTEGER NOT NULL DEFAULT 0,
  fingerprint BLOB NOT NULL DEFAULT (zeroblob(32)),
  chain BLOB NOT NULL DEFAULT (zeroblob(32)),
  next_nid INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE graph_hist (
  gid INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL,
  data TEXT NOT NULL,
  is_default INTEGER NOT NULL,
  created_us INTEGER NOT NULL,
  updated_us INTEGER NOT NULL,
  ver INTEGER NOT NULL,
  PRIMARY KEY (gid, from_seq)
) WITHOUT ROWID;

-- codec: 1 as encoded, 2 deflated. crc32c is of payload.
-- chain: SHA-256 of the chain before, seq and time_us (8 bytes each), actor, cmd_id, corr and caus
-- (each after its length in 4 bytes), and the SHA-256 of payload.
CREATE TABLE log (
  gid INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  time_us INTEGER NOT NULL,
  actor TEXT NOT NULL,
  cmd_id TEXT NOT NULL,
  corr TEXT NOT NULL,
  caus TEXT NOT NULL,
  codec INTEGER NOT NULL,
  crc32c INTEGER NOT NULL,
  chain BLOB NOT NULL,
  payload BLOB NOT NULL,
  PRIMARY KEY (gid, seq)
) WITHOUT ROWID;

CREATE TABLE receipt (
  gid INTEGER NOT NULL,
  key TEXT NOT NULL,
  hash TEXT NOT NULL,
  seq INTEGER NOT NULL,
  events INTEGER NOT NULL,
  time_us INTEGER NOT NULL,
  PRIMARY KEY (gid, key)
) WITHOUT ROWID;

CREATE TABLE checkpoint (
  subscriber TEXT NOT NULL,
  owner TEXT NOT NULL,
  graph BLOB NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (subscriber, owner, graph)
) WITHOUT ROWID;

-- Every node there ever was.
CREATE TABLE ident (
  gid INTEGER NOT NULL,
  nid INTEGER NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (gid, nid)
) WITHOUT ROWID;

-- An absent value is NULL; so is an empty list of labels, tags, properties or categories, and
-- updated_us if it is created_us, here and in the tables of edges.
CREATE TABLE node (
  gid INTEGER NOT NULL,
  nid INTEGER NOT NULL,
  id BLOB NOT NULL,
  key TEXT,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  format TEXT NOT NULL,
  labels TEXT,
  tags TEXT,
  x REAL,
  y REAL,
  z REAL,
  props TEXT,
  status TEXT NOT NULL,
  source TEXT,
  categories TEXT,
  created_us INTEGER NOT NULL,
  updated_us INTEGER,
  ver INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  PRIMARY KEY (gid, nid)
) WITHOUT ROWID;

CREATE TABLE node_hist (
  gid INTEGER NOT NULL,
  nid INTEGER NOT NULL,
  id BLOB NOT NULL,
  key TEXT,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  format TEXT NOT NULL,
  labels TEXT,
  tags TEXT,
  x REAL,
  y REAL,
  z REAL,
  props TEXT,
  status TEXT NOT NULL,
  source TEXT,
  categories TEXT,
  created_us INTEGER NOT NULL,
  updated_us INTEGER,
  ver INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL,
  PRIMARY KEY (gid, nid, from_seq)
) WITHOUT ROWID;

-- kind: 0 label, 1 folded tag, 2 category in hexadecimal. Of the current nodes.
CREATE TABLE node_term (
  gid INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  term TEXT NOT NULL,
  nid INTEGER NOT NULL,
  PRIMARY KEY (gid, kind, term, nid)
) WITHOUT ROWID;

CREATE TABLE edge_type (
  tid INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

-- method, confidence and reason are NULL for '', 1 and ''.
CREATE TABLE edge (
  gid INTEGER NOT NULL,
  src INTEGER NOT NULL,
  type INTEGER NOT NULL,
  dst INTEGER NOT NULL,
  disc TEXT NOT NULL,
  id BLOB NOT NULL,
  weight REAL NOT NULL,
  directed INTEGER NOT NULL,
  label TEXT NOT NULL,
  props TEXT,
  origin TEXT NOT NULL,
  method TEXT,
  confidence REAL,
  reason TEXT,
  created_us INTEGER NOT NULL,
  updated_us INTEGER,
  ver INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  PRIMARY KEY (gid, src, type, dst, disc)
) WITHOUT ROWID;

CREATE TABLE edge_hist (
  gid INTEGER NOT NULL,
  src INTEGER NOT NULL,
  type INTEGER NOT NULL,
  dst INTEGER NOT NULL,
  disc TEXT NOT NULL,
  id BLOB NOT NULL,
  weight REAL NOT NULL,
  directed INTEGER NOT NULL,
  label TEXT NOT NULL,
  props TEXT,
  origin TEXT NOT NULL,
  method TEXT,
  confidence REAL,
  reason TEXT,
  created_us INTEGER NOT NULL,
  updated_us INTEGER,
  ver INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL,
  PRIMARY KEY (gid, id, from_seq)
) WITHOUT ROWID;

-- Edges that one commit both added and removed: never current, but their ids are used.
CREATE TABLE edge_passed (
  gid INTEGER NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (gid, id)
) WITHOUT ROWID;

CREATE TABLE category (
  gid INTEGER NOT NULL,
  id BLOB NOT NULL,
  data TEXT NOT NULL,
  created_us INTEGER NOT NULL,
  updated_us INTEGER NOT NULL,
  ver INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  PRIMARY KEY (gid, id)
) WITHOUT ROWID;

CREATE TABLE category_hist (
  gid INTEGER NOT NULL,
  id BLOB NOT NULL,
  data TEXT NOT NULL,
  created_us INTEGER NOT NULL,
  updated_us INTEGER NOT NULL,
  ver INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL,
  PRIMARY KEY (gid, id, from_seq)
) WITHOUT ROWID;
