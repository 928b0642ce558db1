-- +goose Up
CREATE TABLE ledger_account (
  company_id     TEXT NOT NULL,
  key            TEXT COLLATE "C" NOT NULL,
  code           TEXT NOT NULL,
  label          TEXT NOT NULL,
  sense          BIGINT NOT NULL CHECK (sense IN (-1, 1)),
  never_negative BOOLEAN NOT NULL,
  balance        BIGINT NOT NULL DEFAULT 0,
  last_day       TEXT COLLATE "C" NOT NULL DEFAULT '',
  PRIMARY KEY (company_id, key)
);
CALL guard_company('ledger_account');

CREATE TABLE ledger_day (
  company_id TEXT NOT NULL,
  account    TEXT COLLATE "C" NOT NULL,
  on_day     TEXT COLLATE "C" NOT NULL,
  debit      BIGINT NOT NULL,
  credit     BIGINT NOT NULL,
  balance    BIGINT NOT NULL,
  PRIMARY KEY (company_id, account, on_day)
);
CALL guard_company('ledger_day');

CREATE TABLE ledger_entry (
  company_id TEXT NOT NULL,
  seq        BIGINT NOT NULL,
  id         TEXT NOT NULL,
  on_day     TEXT COLLATE "C" NOT NULL,
  at         BIGINT NOT NULL,
  kind       TEXT NOT NULL,
  source     TEXT NOT NULL,
  place      TEXT COLLATE "C" NOT NULL,
  by_user    TEXT NOT NULL,
  item       TEXT NOT NULL,
  memo       TEXT NOT NULL,
  reverses   TEXT NOT NULL,
  corrects   TEXT NOT NULL,
  back_dated BOOLEAN NOT NULL,
  PRIMARY KEY (company_id, seq)
);
CREATE UNIQUE INDEX ledger_entry_id ON ledger_entry (company_id, id);
CREATE UNIQUE INDEX ledger_entry_reverses ON ledger_entry (company_id, reverses) WHERE reverses <> '';
CREATE INDEX ledger_entry_day ON ledger_entry (company_id, on_day, seq);
CREATE INDEX ledger_entry_source ON ledger_entry (company_id, source);
CALL guard_company('ledger_entry');
CALL make_append_only('ledger_entry');

CREATE TABLE ledger_line (
  company_id    TEXT NOT NULL,
  entry_seq     BIGINT NOT NULL,
  n             BIGINT NOT NULL,
  account       TEXT COLLATE "C" NOT NULL,
  on_day        TEXT COLLATE "C" NOT NULL,
  amount        BIGINT NOT NULL CHECK (amount <> 0),
  party         TEXT NOT NULL,
  memo          TEXT NOT NULL,
  balance_after BIGINT NOT NULL,
  PRIMARY KEY (company_id, entry_seq, n)
);
CREATE INDEX ledger_line_account ON ledger_line (company_id, account, on_day, entry_seq, n);
CALL guard_company('ledger_line');
CALL make_append_only('ledger_line');

CREATE TABLE series (
  company_id TEXT NOT NULL,
  name       TEXT COLLATE "C" NOT NULL,
  last       BIGINT NOT NULL,
  PRIMARY KEY (company_id, name)
);
CALL guard_company('series');

CREATE TABLE period_day (
  company_id TEXT NOT NULL,
  place      TEXT COLLATE "C" NOT NULL,
  on_day     TEXT COLLATE "C" NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('closed', 'locked')),
  since      BIGINT NOT NULL,
  by_user    TEXT NOT NULL,
  PRIMARY KEY (company_id, place, on_day)
);
CREATE INDEX period_day_state ON period_day (company_id, state, on_day);
CALL guard_company('period_day');

CREATE TABLE period_year (
  company_id TEXT NOT NULL,
  first_day  TEXT COLLATE "C" NOT NULL,
  last_day   TEXT COLLATE "C" NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  since      BIGINT NOT NULL,
  by_user    TEXT NOT NULL,
  PRIMARY KEY (company_id, first_day)
);
CALL guard_company('period_year');

CREATE TABLE chart_account (
  company_id TEXT NOT NULL,
  role       TEXT COLLATE "C" NOT NULL,
  code       TEXT NOT NULL,
  label      TEXT NOT NULL,
  PRIMARY KEY (company_id, role)
);
CALL guard_company('chart_account');

CREATE TABLE act (
  company_id TEXT NOT NULL,
  key        TEXT COLLATE "C" NOT NULL,
  kind       TEXT NOT NULL,
  digest     BYTEA NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (company_id, key)
);
CALL guard_company('act');
CALL make_append_only('act');
