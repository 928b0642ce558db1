-- +goose Up
CREATE TABLE ledger_account (
  company_id     TEXT NOT NULL,
  key            TEXT NOT NULL,
  code           TEXT NOT NULL,
  label          TEXT NOT NULL,
  sense          INTEGER NOT NULL CHECK (sense IN (-1, 1)),
  never_negative INTEGER NOT NULL,
  balance        INTEGER NOT NULL DEFAULT 0,
  last_day       TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (company_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_day (
  company_id TEXT NOT NULL,
  account    TEXT NOT NULL,
  on_day     TEXT NOT NULL,
  debit      INTEGER NOT NULL,
  credit     INTEGER NOT NULL,
  balance    INTEGER NOT NULL,
  PRIMARY KEY (company_id, account, on_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_entry (
  company_id TEXT NOT NULL,
  seq        INTEGER NOT NULL,
  id         TEXT NOT NULL,
  on_day     TEXT NOT NULL,
  at         INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  source     TEXT NOT NULL,
  place      TEXT NOT NULL,
  by_user    TEXT NOT NULL,
  item       TEXT NOT NULL,
  memo       TEXT NOT NULL,
  reverses   TEXT NOT NULL,
  corrects   TEXT NOT NULL,
  back_dated INTEGER NOT NULL,
  PRIMARY KEY (company_id, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX ledger_entry_id ON ledger_entry (company_id, id);
CREATE UNIQUE INDEX ledger_entry_reverses ON ledger_entry (company_id, reverses) WHERE reverses <> '';
CREATE INDEX ledger_entry_day ON ledger_entry (company_id, on_day, seq);
CREATE INDEX ledger_entry_source ON ledger_entry (company_id, source);
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'append-only: ledger_entry'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'append-only: ledger_entry'); END;
-- +goose StatementEnd

CREATE TABLE ledger_line (
  company_id    TEXT NOT NULL,
  entry_seq     INTEGER NOT NULL,
  n             INTEGER NOT NULL,
  account       TEXT NOT NULL,
  on_day        TEXT NOT NULL,
  amount        INTEGER NOT NULL CHECK (amount <> 0),
  party         TEXT NOT NULL,
  memo          TEXT NOT NULL,
  balance_after INTEGER NOT NULL,
  PRIMARY KEY (company_id, entry_seq, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_line_account ON ledger_line (company_id, account, on_day, entry_seq, n);
-- +goose StatementBegin
CREATE TRIGGER ledger_line_no_update BEFORE UPDATE ON ledger_line BEGIN SELECT RAISE(ABORT, 'append-only: ledger_line'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_line_no_delete BEFORE DELETE ON ledger_line BEGIN SELECT RAISE(ABORT, 'append-only: ledger_line'); END;
-- +goose StatementEnd

CREATE TABLE series (
  company_id TEXT NOT NULL,
  name       TEXT NOT NULL,
  last       INTEGER NOT NULL,
  PRIMARY KEY (company_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE period_day (
  company_id TEXT NOT NULL,
  place      TEXT NOT NULL,
  on_day     TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('closed', 'locked')),
  since      INTEGER NOT NULL,
  by_user    TEXT NOT NULL,
  PRIMARY KEY (company_id, place, on_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX period_day_state ON period_day (company_id, state, on_day);

CREATE TABLE period_year (
  company_id TEXT NOT NULL,
  first_day  TEXT NOT NULL,
  last_day   TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  since      INTEGER NOT NULL,
  by_user    TEXT NOT NULL,
  PRIMARY KEY (company_id, first_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE chart_account (
  company_id TEXT NOT NULL,
  role       TEXT NOT NULL,
  code       TEXT NOT NULL,
  label      TEXT NOT NULL,
  PRIMARY KEY (company_id, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE act (
  company_id TEXT NOT NULL,
  key        TEXT NOT NULL,
  kind       TEXT NOT NULL,
  digest     BLOB NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (company_id, key)
) STRICT, WITHOUT ROWID;
-- +goose StatementBegin
CREATE TRIGGER act_no_update BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'append-only: act'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER act_no_delete BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'append-only: act'); END;
-- +goose StatementEnd
