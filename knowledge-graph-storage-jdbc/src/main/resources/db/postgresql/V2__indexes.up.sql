-- What the reads of GraphReader look things up by.

CREATE UNIQUE INDEX graph_name ON graph (owner, name) WHERE live = 1;

CREATE UNIQUE INDEX ident_id ON ident (gid, id);

CREATE UNIQUE INDEX node_key ON node (gid, key) WHERE key IS NOT NULL;

-- A title may be longer than an index takes.
CREATE INDEX node_title ON node (gid, left(title, 200));

CREATE INDEX node_created ON node (gid, created_us, id);

CREATE INDEX node_hist_key ON node_hist (gid, key) WHERE key IS NOT NULL;

CREATE INDEX node_hist_title ON node_hist (gid, left(title, 200));

CREATE UNIQUE INDEX edge_id ON edge (gid, id);

CREATE INDEX edge_in ON edge (gid, dst, type, src, disc);

CREATE INDEX edge_hist_out ON edge_hist (gid, src, type, dst);

CREATE INDEX edge_hist_in ON edge_hist (gid, dst, type, src);
