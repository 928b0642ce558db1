-- +goose Up
-- Who did what and when, for good; from where, for a year.
CREATE TABLE activity (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  at         INTEGER NOT NULL,
  by_user    TEXT NOT NULL,
  kind       TEXT NOT NULL,
  label      TEXT NOT NULL,
  search_key TEXT NOT NULL,
  subject    TEXT NOT NULL,
  origin_id  TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_at ON activity (company_id, at, id);
-- +goose StatementBegin
CREATE TRIGGER activity_no_update BEFORE UPDATE ON activity BEGIN SELECT RAISE(ABORT, 'append-only: activity'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER activity_no_delete BEFORE DELETE ON activity BEGIN SELECT RAISE(ABORT, 'append-only: activity'); END;
-- +goose StatementEnd

CREATE TABLE activity_origin (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  address    TEXT NOT NULL,
  seen_at    INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
