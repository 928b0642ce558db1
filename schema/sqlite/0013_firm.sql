-- +goose Up
-- How a company hands its entries to its accounting program.
CREATE TABLE accounting_settings (
  company_id     TEXT NOT NULL,
  format         TEXT NOT NULL,
  account_length INTEGER NOT NULL CHECK (account_length BETWEEN 3 AND 12),
  PRIMARY KEY (company_id)
) STRICT, WITHOUT ROWID;

-- The journal the entries of a cash box go to; the place '' is that of all others, '*' that of opening balances.
CREATE TABLE accounting_journal (
  company_id TEXT NOT NULL,
  place      TEXT NOT NULL,
  code       TEXT NOT NULL,
  label      TEXT NOT NULL,
  PRIMARY KEY (company_id, place)
) STRICT, WITHOUT ROWID;

-- Every file handed over, as it was: the same period asked again gives the same bytes. A new version is made on request only.
CREATE TABLE accounting_export (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  first_day  TEXT NOT NULL,
  last_day   TEXT NOT NULL,
  format     TEXT NOT NULL,
  version    INTEGER NOT NULL,
  name       TEXT NOT NULL,
  content    BLOB NOT NULL,
  digest     BLOB NOT NULL,
  entries    INTEGER NOT NULL,
  lines      INTEGER NOT NULL,
  debit      INTEGER NOT NULL,
  by_user    TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
CREATE UNIQUE INDEX accounting_export_period ON accounting_export (company_id, first_day, last_day, format, version);
-- +goose StatementBegin
CREATE TRIGGER accounting_export_no_update BEFORE UPDATE ON accounting_export BEGIN SELECT RAISE(ABORT, 'append-only: accounting_export'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER accounting_export_no_delete BEFORE DELETE ON accounting_export BEGIN SELECT RAISE(ABORT, 'append-only: accounting_export'); END;
-- +goose StatementEnd

-- The days of a month of a company, a letter a day, for whoever looks after many companies: read without opening any of them.
CREATE TABLE day_summary (
  company_id TEXT NOT NULL,
  month      TEXT NOT NULL,
  days       TEXT NOT NULL,
  exported   TEXT NOT NULL,
  boxes      INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (month, company_id)
) STRICT, WITHOUT ROWID;

-- Who of a firm looks after which company.
CREATE TABLE firm_portfolio (
  firm_id    TEXT NOT NULL REFERENCES firm (id),
  company_id TEXT NOT NULL REFERENCES company (id),
  user_id    TEXT NOT NULL REFERENCES app_user (id),
  PRIMARY KEY (firm_id, company_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX firm_portfolio_user ON firm_portfolio (user_id);

CREATE TABLE firm_template (
  id         TEXT PRIMARY KEY,
  firm_id    TEXT NOT NULL REFERENCES firm (id),
  name       TEXT NOT NULL,
  content    TEXT NOT NULL,
  by_user    TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX firm_template_firm ON firm_template (firm_id);

CREATE TABLE firm_reminder (
  id         TEXT PRIMARY KEY,
  firm_id    TEXT NOT NULL REFERENCES firm (id),
  company_id TEXT NOT NULL,
  month      TEXT NOT NULL,
  people     INTEGER NOT NULL,
  by_user    TEXT NOT NULL,
  at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX firm_reminder_company ON firm_reminder (firm_id, company_id, at);

-- Whether somebody wants the letter of alerts, how often, and the day it was last written.
CREATE TABLE alert_digest (
  user_id    TEXT PRIMARY KEY REFERENCES app_user (id),
  frequency  TEXT NOT NULL CHECK (frequency IN ('off', 'daily', 'weekly')),
  token      TEXT NOT NULL UNIQUE,
  last_day   TEXT NOT NULL DEFAULT '',
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
