-- +goose Up
-- Whose eyes a session of an accounting firm looks at a company with, and until when.
CREATE TABLE session_view (
  session_id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL,
  role       TEXT NOT NULL,
  ends_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_view_end ON session_view (ends_at);

-- What an accountant asks the people of a company about a day, and what was said; nothing said is changed.
CREATE TABLE question (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  box_id     TEXT NOT NULL,
  on_day     TEXT NOT NULL,
  entry_id   TEXT NOT NULL,
  about      TEXT NOT NULL,
  by_user    TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX question_day ON question (company_id, box_id, on_day);
CREATE INDEX question_at ON question (company_id, created_at, id);
-- +goose StatementBegin
CREATE TRIGGER question_no_update BEFORE UPDATE ON question BEGIN SELECT RAISE(ABORT, 'append-only: question'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER question_no_delete BEFORE DELETE ON question BEGIN SELECT RAISE(ABORT, 'append-only: question'); END;
-- +goose StatementEnd

CREATE TABLE question_message (
  company_id    TEXT NOT NULL,
  question_id   TEXT NOT NULL,
  position      INTEGER NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('ask', 'answer', 'close')),
  body          TEXT NOT NULL,
  attachment_id TEXT NOT NULL,
  by_user       TEXT NOT NULL,
  by_name       TEXT NOT NULL,
  at            INTEGER NOT NULL,
  PRIMARY KEY (company_id, question_id, position)
) STRICT, WITHOUT ROWID;
-- +goose StatementBegin
CREATE TRIGGER question_message_no_update BEFORE UPDATE ON question_message BEGIN SELECT RAISE(ABORT, 'append-only: question_message'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER question_message_no_delete BEFORE DELETE ON question_message BEGIN SELECT RAISE(ABORT, 'append-only: question_message'); END;
-- +goose StatementEnd

-- How many questions of each company are open, for who looks after many: rewritten by each act on a question.
CREATE TABLE question_count (
  company_id TEXT PRIMARY KEY,
  waiting    INTEGER NOT NULL,
  answered   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
