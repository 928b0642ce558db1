-- +goose Up
-- Who did what and when, for good; from where, for a year.
CREATE TABLE activity (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  at         BIGINT NOT NULL,
  by_user    TEXT NOT NULL,
  kind       TEXT NOT NULL,
  label      TEXT NOT NULL,
  search_key TEXT NOT NULL,
  subject    TEXT NOT NULL,
  origin_id  TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX activity_at ON activity (company_id, at, id);
CALL guard_company('activity');
CALL make_append_only('activity');

CREATE TABLE activity_origin (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  address    TEXT NOT NULL,
  seen_at    BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CALL guard_company('activity_origin');
