-- +goose Up
CREATE TABLE seal_register (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  kind       TEXT NOT NULL,
  label      TEXT NOT NULL,
  opened_at  BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CALL guard_company('seal_register');
CALL make_append_only('seal_register');

CREATE TABLE seal_key (
  company_id  TEXT NOT NULL,
  id          TEXT NOT NULL,
  register    TEXT NOT NULL,
  algorithm   TEXT NOT NULL,
  public_key  BYTEA NOT NULL,
  private_key BYTEA NOT NULL,
  created_at  BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CALL guard_company('seal_key');
CALL make_append_only('seal_key');

-- One row a register, the only one that changes: its lock, its present key, its last instant, and the head of each chain.
CREATE TABLE seal_head (
  company_id TEXT NOT NULL,
  register   TEXT NOT NULL,
  key_id     TEXT NOT NULL,
  at         BIGINT NOT NULL,
  clock_at   BIGINT NOT NULL,
  jump       BIGINT NOT NULL,
  heads      TEXT NOT NULL,
  PRIMARY KEY (company_id, register)
);
CALL guard_company('seal_head');

CREATE TABLE seal_record (
  company_id  TEXT NOT NULL,
  register    TEXT NOT NULL,
  chain       TEXT NOT NULL,
  seq         BIGINT NOT NULL,
  at          BIGINT NOT NULL,
  on_day      TEXT NOT NULL,
  source_kind TEXT NOT NULL,
  source_id   TEXT NOT NULL,
  fields      TEXT NOT NULL,
  digest      BYTEA NOT NULL,
  key_id      TEXT NOT NULL,
  format      BIGINT NOT NULL,
  signature   TEXT NOT NULL,
  PRIMARY KEY (company_id, register, chain, seq)
);
CREATE UNIQUE INDEX seal_record_source ON seal_record (company_id, source_kind, source_id);
CALL guard_company('seal_record');
CALL make_append_only('seal_record');

CREATE TABLE seal_event (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  register   TEXT NOT NULL,
  code       BIGINT NOT NULL,
  label      TEXT NOT NULL,
  at         BIGINT NOT NULL,
  by_user    TEXT NOT NULL,
  source     TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX seal_event_at ON seal_event (company_id, at, id);
CALL guard_company('seal_event');
CALL make_append_only('seal_event');
