-- +goose Up
CREATE TABLE firm (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE company (
  id         TEXT PRIMARY KEY,
  slug       TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  firm_id    TEXT NOT NULL DEFAULT '',
  state      TEXT NOT NULL DEFAULT 'active',
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE job (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  company_id TEXT NOT NULL DEFAULT '',
  payload    TEXT NOT NULL,
  state      TEXT NOT NULL DEFAULT 'waiting',
  run_at     INTEGER NOT NULL,
  tries      INTEGER NOT NULL DEFAULT 0,
  fault      TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  ended_at   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX job_due ON job (state, run_at);
