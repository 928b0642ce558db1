-- +goose Up
CREATE TABLE settings (
  company_id    TEXT NOT NULL,
  legal_name    TEXT NOT NULL,
  trade_name    TEXT NOT NULL,
  legal_form    TEXT NOT NULL,
  capital       TEXT NOT NULL,
  siren         TEXT NOT NULL,
  vat_number    TEXT NOT NULL,
  rcs           TEXT NOT NULL,
  naf           TEXT NOT NULL,
  street        TEXT NOT NULL,
  postcode      TEXT NOT NULL,
  city          TEXT NOT NULL,
  phone         TEXT NOT NULL,
  email         TEXT NOT NULL,
  currency      TEXT NOT NULL,
  time_zone     TEXT NOT NULL,
  cutoff_hour   INTEGER NOT NULL CHECK (cutoff_hour BETWEEN 0 AND 12),
  vat_regime    TEXT NOT NULL CHECK (vat_regime IN ('monthly', 'quarterly', 'franchise')),
  year_start    INTEGER NOT NULL CHECK (year_start BETWEEN 1 AND 12),
  min_cash      INTEGER NOT NULL,
  max_cash      INTEGER NOT NULL,
  tolerance     INTEGER NOT NULL,
  lock_days     INTEGER NOT NULL,
  expenses      INTEGER NOT NULL,
  transfers     INTEGER NOT NULL,
  credit        TEXT NOT NULL CHECK (credit IN ('off', 'total', 'customer')),
  vouchers      INTEGER NOT NULL,
  overpayments  INTEGER NOT NULL,
  customers     INTEGER NOT NULL,
  changed_at    INTEGER NOT NULL,
  PRIMARY KEY (company_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE company_logo (
  company_id TEXT NOT NULL,
  media_type TEXT NOT NULL,
  body       BLOB NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (company_id)
) STRICT;

CREATE TABLE location (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  siret      TEXT NOT NULL,
  street     TEXT NOT NULL,
  postcode   TEXT NOT NULL,
  city       TEXT NOT NULL,
  zone       TEXT NOT NULL,
  position   INTEGER NOT NULL,
  active     INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX location_order ON location (company_id, position);

-- The open days of a week, from a date on: bit 0 is Monday, bit 6 Sunday.
CREATE TABLE calendar_week (
  company_id  TEXT NOT NULL,
  location_id TEXT NOT NULL,
  from_day    TEXT NOT NULL,
  open_days   INTEGER NOT NULL CHECK (open_days BETWEEN 0 AND 127),
  PRIMARY KEY (company_id, location_id, from_day),
  FOREIGN KEY (company_id, location_id) REFERENCES location (company_id, id)
) STRICT, WITHOUT ROWID;

-- What a location does on each public holiday.
CREATE TABLE calendar_holiday (
  company_id  TEXT NOT NULL,
  location_id TEXT NOT NULL,
  holiday     TEXT NOT NULL,
  open        INTEGER NOT NULL,
  PRIMARY KEY (company_id, location_id, holiday),
  FOREIGN KEY (company_id, location_id) REFERENCES location (company_id, id)
) STRICT, WITHOUT ROWID;

-- Days that differ from the week and the holidays.
CREATE TABLE calendar_exception (
  company_id  TEXT NOT NULL,
  id          TEXT NOT NULL,
  location_id TEXT NOT NULL,
  first_day   TEXT NOT NULL,
  last_day    TEXT NOT NULL,
  open        INTEGER NOT NULL,
  label       TEXT NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, location_id) REFERENCES location (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX calendar_exception_days ON calendar_exception (company_id, location_id, last_day);

CREATE TABLE sales_category (
  company_id   TEXT NOT NULL,
  id           TEXT NOT NULL,
  label        TEXT NOT NULL,
  rate         INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 9999),
  kind         TEXT NOT NULL CHECK (kind IN ('goods', 'service')),
  account_code TEXT NOT NULL,
  reporting    TEXT NOT NULL,
  colour       TEXT NOT NULL,
  note         TEXT NOT NULL,
  position     INTEGER NOT NULL,
  active       INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sales_category_order ON sales_category (company_id, position);

CREATE TABLE tender_method (
  company_id   TEXT NOT NULL,
  id           TEXT NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('cash', 'card', 'cheque', 'meal', 'transfer', 'voucher', 'on-account', 'other')),
  label        TEXT NOT NULL,
  account_code TEXT NOT NULL,
  prefilled    INTEGER NOT NULL,
  box_float    INTEGER NOT NULL,
  position     INTEGER NOT NULL,
  active       INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tender_method_order ON tender_method (company_id, position);

CREATE TABLE party (
  company_id   TEXT NOT NULL,
  id           TEXT NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('customer', 'supplier')),
  nature       TEXT NOT NULL CHECK (nature IN ('person', 'company', 'public')),
  name         TEXT NOT NULL,
  email        TEXT NOT NULL,
  phone        TEXT NOT NULL,
  street       TEXT NOT NULL,
  postcode     TEXT NOT NULL,
  city         TEXT NOT NULL,
  siret        TEXT NOT NULL,
  vat_number   TEXT NOT NULL,
  account_code TEXT NOT NULL,
  limited      INTEGER NOT NULL,
  credit_limit INTEGER NOT NULL,
  note         TEXT NOT NULL,
  active       INTEGER NOT NULL,
  sort_key     TEXT NOT NULL,
  search_key   TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  changed_at   INTEGER NOT NULL,
  erased_at    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_order ON party (company_id, kind, sort_key, id);

-- How far the first-run assistant went.
CREATE TABLE setup_progress (
  company_id TEXT NOT NULL,
  step       INTEGER NOT NULL,
  trade      TEXT NOT NULL,
  done       INTEGER NOT NULL,
  ended_at   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (company_id)
) STRICT, WITHOUT ROWID;
