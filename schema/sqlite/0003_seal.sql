-- +goose Up
CREATE TABLE seal_register (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  kind       TEXT NOT NULL,
  label      TEXT NOT NULL,
  opened_at  INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
-- +goose StatementBegin
CREATE TRIGGER seal_register_no_update BEFORE UPDATE ON seal_register BEGIN SELECT RAISE(ABORT, 'append-only: seal_register'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER seal_register_no_delete BEFORE DELETE ON seal_register BEGIN SELECT RAISE(ABORT, 'append-only: seal_register'); END;
-- +goose StatementEnd

CREATE TABLE seal_key (
  company_id  TEXT NOT NULL,
  id          TEXT NOT NULL,
  register    TEXT NOT NULL,
  algorithm   TEXT NOT NULL,
  public_key  BLOB NOT NULL,
  private_key BLOB NOT NULL,
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
-- +goose StatementBegin
CREATE TRIGGER seal_key_no_update BEFORE UPDATE ON seal_key BEGIN SELECT RAISE(ABORT, 'append-only: seal_key'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER seal_key_no_delete BEFORE DELETE ON seal_key BEGIN SELECT RAISE(ABORT, 'append-only: seal_key'); END;
-- +goose StatementEnd

-- One row a register, the only one that changes: its lock, its present key, its last instant, and the head of each chain.
CREATE TABLE seal_head (
  company_id TEXT NOT NULL,
  register   TEXT NOT NULL,
  key_id     TEXT NOT NULL,
  at         INTEGER NOT NULL,
  clock_at   INTEGER NOT NULL,
  jump       INTEGER NOT NULL,
  heads      TEXT NOT NULL,
  PRIMARY KEY (company_id, register)
) STRICT, WITHOUT ROWID;

CREATE TABLE seal_record (
  company_id  TEXT NOT NULL,
  register    TEXT NOT NULL,
  chain       TEXT NOT NULL,
  seq         INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  on_day      TEXT NOT NULL,
  source_kind TEXT NOT NULL,
  source_id   TEXT NOT NULL,
  fields      TEXT NOT NULL,
  digest      BLOB NOT NULL,
  key_id      TEXT NOT NULL,
  format      INTEGER NOT NULL,
  signature   TEXT NOT NULL,
  PRIMARY KEY (company_id, register, chain, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX seal_record_source ON seal_record (company_id, source_kind, source_id);
-- +goose StatementBegin
CREATE TRIGGER seal_record_no_update BEFORE UPDATE ON seal_record BEGIN SELECT RAISE(ABORT, 'append-only: seal_record'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER seal_record_no_delete BEFORE DELETE ON seal_record BEGIN SELECT RAISE(ABORT, 'append-only: seal_record'); END;
-- +goose StatementEnd

CREATE TABLE seal_event (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  register   TEXT NOT NULL,
  code       INTEGER NOT NULL,
  label      TEXT NOT NULL,
  at         INTEGER NOT NULL,
  by_user    TEXT NOT NULL,
  source     TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX seal_event_at ON seal_event (company_id, at, id);
-- +goose StatementBegin
CREATE TRIGGER seal_event_no_update BEFORE UPDATE ON seal_event BEGIN SELECT RAISE(ABORT, 'append-only: seal_event'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER seal_event_no_delete BEFORE DELETE ON seal_event BEGIN SELECT RAISE(ABORT, 'append-only: seal_event'); END;
-- +goose StatementEnd
