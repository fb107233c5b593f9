-- Everything but the indexes. gid is a small number for a graph, nid one for a node of it.

-- The last number of a graph. Whoever makes a graph holds this row until it is committed, so that
-- numbers become visible in their order, and who has seen one has seen all before it.
CREATE TABLE numbering (last_gid bigint NOT NULL);

INSERT INTO numbering VALUES (0);

CREATE FUNCTION next_gid() RETURNS bigint LANGUAGE sql VOLATILE AS
  'UPDATE numbering SET last_gid = last_gid + 1 RETURNING last_gid';

CREATE TABLE graph (
  gid bigint PRIMARY KEY DEFAULT next_gid(),
  id bytea NOT NULL UNIQUE,
  owner text COLLATE "C" NOT NULL,
  name text COLLATE "C",
  data text COLLATE "C",
  is_default bigint NOT NULL DEFAULT 0,
  created_us bigint NOT NULL DEFAULT 0,
  updated_us bigint NOT NULL DEFAULT 0,
  ver bigint NOT NULL DEFAULT 0,
  from_seq bigint NOT NULL DEFAULT 0,
  live bigint NOT NULL DEFAULT 0,
  -- where the log stands
  seq bigint NOT NULL DEFAULT 0,
  time_us bigint NOT NULL DEFAULT 0,
  nodes bigint NOT NULL DEFAULT 0,
  edges bigint NOT NULL DEFAULT 0,
  fingerprint bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
  chain bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
  next_nid bigint NOT NULL DEFAULT 1
);

CREATE TABLE graph_hist (
  gid bigint NOT NULL,
  from_seq bigint NOT NULL,
  to_seq bigint NOT NULL,
  data text COLLATE "C" NOT NULL,
  is_default bigint NOT NULL,
  created_us bigint NOT NULL,
  updated_us bigint NOT NULL,
  ver bigint NOT NULL,
  PRIMARY KEY (gid, from_seq)
);

-- codec: 1 as encoded, 2 deflated. crc32c is of payload.
-- chain: SHA-256 of the chain before, seq and time_us (8 bytes each), actor, cmd_id, corr and caus
-- (each after its length in 4 bytes), and the SHA-256 of payload.
CREATE TABLE log (
  gid bigint NOT NULL,
  seq bigint NOT NULL,
  time_us bigint NOT NULL,
  actor text COLLATE "C" NOT NULL,
  cmd_id text COLLATE "C" NOT NULL,
  corr text COLLATE "C" NOT NULL,
  caus text COLLATE "C" NOT NULL,
  codec bigint NOT NULL,
  crc32c bigint NOT NULL,
  chain bytea NOT NULL,
  payload bytea NOT NULL,
  PRIMARY KEY (gid, seq)
);

CREATE TABLE receipt (
  gid bigint NOT NULL,
  key text COLLATE "C" NOT NULL,
  hash text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  events bigint NOT NULL,
  time_us bigint NOT NULL,
  PRIMARY KEY (gid, key)
);

CREATE TABLE checkpoint (
  subscriber text COLLATE "C" NOT NULL,
  owner text COLLATE "C" NOT NULL,
  graph bytea NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (subscriber, owner, graph)
);

-- Every node there ever was.
CREATE TABLE ident (
  gid bigint NOT NULL,
  nid bigint NOT NULL,
  id bytea NOT NULL,
  PRIMARY KEY (gid, nid)
);

-- An absent value is NULL; so is an empty list of labels, tags, properties or categories, and
-- updated_us if it is created_us, here and in the tables of edges.
CREATE TABLE node (
  gid bigint NOT NULL,
  nid bigint NOT NULL,
  id bytea NOT NULL,
  key text COLLATE "C",
  title text COLLATE "C" NOT NULL,
  body text COLLATE "C" NOT NULL,
  format text COLLATE "C" NOT NULL,
  labels text COLLATE "C",
  tags text COLLATE "C",
  x double precision,
  y double precision,
  z double precision,
  props text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  source text COLLATE "C",
  categories text COLLATE "C",
  created_us bigint NOT NULL,
  updated_us bigint,
  ver bigint NOT NULL,
  from_seq bigint NOT NULL,
  PRIMARY KEY (gid, nid)
);

CREATE TABLE node_hist (
  gid bigint NOT NULL,
  nid bigint NOT NULL,
  id bytea NOT NULL,
  key text COLLATE "C",
  title text COLLATE "C" NOT NULL,
  body text COLLATE "C" NOT NULL,
  format text COLLATE "C" NOT NULL,
  labels text COLLATE "C",
  tags text COLLATE "C",
  x double precision,
  y double precision,
  z double precision,
  props text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  source text COLLATE "C",
  categories text COLLATE "C",
  created_us bigint NOT NULL,
  updated_us bigint,
  ver bigint NOT NULL,
  from_seq bigint NOT NULL,
  to_seq bigint NOT NULL,
  PRIMARY KEY (gid, nid, from_seq)
);

-- kind: 0 label, 1 folded tag, 2 category in hexadecimal. Of the current nodes.
CREATE TABLE node_term (
  gid bigint NOT NULL,
  kind bigint NOT NULL,
  term text COLLATE "C" NOT NULL,
  nid bigint NOT NULL,
  PRIMARY KEY (gid, kind, term, nid)
);

CREATE TABLE edge_type (
  tid bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  name text COLLATE "C" NOT NULL UNIQUE
);

-- method, confidence and reason are NULL for '', 1 and ''.
CREATE TABLE edge (
  gid bigint NOT NULL,
  src bigint NOT NULL,
  type bigint NOT NULL,
  dst bigint NOT NULL,
  disc text COLLATE "C" NOT NULL,
  id bytea NOT NULL,
  weight double precision NOT NULL,
  directed bigint NOT NULL,
  label text COLLATE "C" NOT NULL,
  props text COLLATE "C",
  origin text COLLATE "C" NOT NULL,
  method text COLLATE "C",
  confidence double precision,
  reason text COLLATE "C",
  created_us bigint NOT NULL,
  updated_us bigint,
  ver bigint NOT NULL,
  from_seq bigint NOT NULL,
  PRIMARY KEY (gid, src, type, dst, disc)
);

CREATE TABLE edge_hist (
  gid bigint NOT NULL,
  src bigint NOT NULL,
  type bigint NOT NULL,
  dst bigint NOT NULL,
  disc text COLLATE "C" NOT NULL,
  id bytea NOT NULL,
  weight double precision NOT NULL,
  directed bigint NOT NULL,
  label text COLLATE "C" NOT NULL,
  props text COLLATE "C",
  origin text COLLATE "C" NOT NULL,
  method text COLLATE "C",
  confidence double precision,
  reason text COLLATE "C",
  created_us bigint NOT NULL,
  updated_us bigint,
  ver bigint NOT NULL,
  from_seq bigint NOT NULL,
  to_seq bigint NOT NULL,
  PRIMARY KEY (gid, id, from_seq)
);

-- Edges that one commit both added and removed: never current, but their ids are used.
CREATE TABLE edge_passed (
  gid bigint NOT NULL,
  id bytea NOT NULL,
  PRIMARY KEY (gid, id)
);

CREATE TABLE category (
  gid bigint NOT NULL,
  id bytea NOT NULL,
  data text COLLATE "C" NOT NULL,
  created_us bigint NOT NULL,
  updated_us bigint NOT NULL,
  ver bigint NOT NULL,
  from_seq bigint NOT NULL,
  PRIMARY KEY (gid, id)
);

CREATE TABLE category_hist (
  gid bigint NOT NULL,
  id bytea NOT NULL,
  data text COLLATE "C" NOT NULL,
  created_us bigint NOT NULL,
  updated_us bigint NOT NULL,
  ver bigint NOT NULL,
  from_seq bigint NOT NULL,
  to_seq bigint NOT NULL,
  PRIMARY KEY (gid, id, from_seq)
);
