-- +goose Up
-- What comes from elsewhere: other programs by their token, and files.
CREATE TABLE api_link (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  digest     BYTEA NOT NULL,
  hint       TEXT NOT NULL,
  rights     TEXT NOT NULL,
  boxes      TEXT NOT NULL,
  by_user    TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at    BIGINT NOT NULL,
  used_from  TEXT NOT NULL,
  revoked_at BIGINT NOT NULL,
  revoked_by TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX api_link_digest ON api_link (company_id, digest);
CALL guard_company('api_link');

CREATE TABLE intake (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('days', 'customers', 'suppliers')),
  name       TEXT NOT NULL,
  digest     TEXT NOT NULL,
  size       BIGINT NOT NULL,
  shape      TEXT NOT NULL,
  mapping    TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('matching', 'running', 'stopping', 'done', 'cancelled', 'failed', 'undoing', 'undone')),
  total      BIGINT NOT NULL,
  done       BIGINT NOT NULL,
  message    TEXT NOT NULL,
  by_user    TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  ended_at   BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX intake_digest ON intake (company_id, digest);
CALL guard_company('intake');

CREATE TABLE intake_file (
  company_id TEXT NOT NULL,
  intake_id  TEXT NOT NULL,
  body       BYTEA NOT NULL,
  PRIMARY KEY (company_id, intake_id)
);
CALL guard_company('intake_file');

CREATE TABLE intake_item (
  company_id TEXT NOT NULL,
  intake_id  TEXT NOT NULL,
  line       BIGINT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('draft', 'sheet', 'party')),
  ref        TEXT NOT NULL,
  mark       TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('made', 'undone', 'kept')),
  note       TEXT NOT NULL,
  PRIMARY KEY (company_id, intake_id, line)
);
CALL guard_company('intake_item');

CREATE TABLE intake_mapping (
  company_id TEXT NOT NULL,
  kind       TEXT NOT NULL,
  shape      TEXT NOT NULL,
  name       TEXT NOT NULL,
  mapping    TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (company_id, kind, shape)
);
CALL guard_company('intake_mapping');
