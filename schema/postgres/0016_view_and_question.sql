-- +goose Up
-- Whose eyes a session of an accounting firm looks at a company with, and until when.
CREATE TABLE session_view (
  session_id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL,
  role       TEXT NOT NULL,
  ends_at    BIGINT NOT NULL
);
CREATE INDEX session_view_end ON session_view (ends_at);

-- What an accountant asks the people of a company about a day, and what was said; nothing said is changed.
CREATE TABLE question (
  company_id TEXT NOT NULL,
  id         TEXT COLLATE "C" NOT NULL,
  box_id     TEXT COLLATE "C" NOT NULL,
  on_day     TEXT COLLATE "C" NOT NULL,
  entry_id   TEXT NOT NULL,
  about      TEXT NOT NULL,
  by_user    TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX question_day ON question (company_id, box_id, on_day);
CREATE INDEX question_at ON question (company_id, created_at, id);
CALL guard_company('question');
CALL make_append_only('question');

CREATE TABLE question_message (
  company_id    TEXT NOT NULL,
  question_id   TEXT COLLATE "C" NOT NULL,
  position      BIGINT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('ask', 'answer', 'close')),
  body          TEXT NOT NULL,
  attachment_id TEXT NOT NULL,
  by_user       TEXT NOT NULL,
  by_name       TEXT NOT NULL,
  at            BIGINT NOT NULL,
  PRIMARY KEY (company_id, question_id, position)
);
CALL guard_company('question_message');
CALL make_append_only('question_message');

-- How many questions of each company are open, for who looks after many: rewritten by each act on a question.
CREATE TABLE question_count (
  company_id TEXT PRIMARY KEY,
  waiting    BIGINT NOT NULL,
  answered   BIGINT NOT NULL
);
