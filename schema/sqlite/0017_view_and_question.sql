-- +goose Up
-- Whose eyes a session of an accounting firm looks at a company with, and until when.
CREATE TABLE session_view (
  session_id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL,
  role       TEXT NOT NULL,
  ends_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_view_end ON session_view (ends_at);
