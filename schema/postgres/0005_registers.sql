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
  cutoff_hour   BIGINT NOT NULL CHECK (cutoff_hour BETWEEN 0 AND 12),
  vat_regime    TEXT NOT NULL CHECK (vat_regime IN ('monthly', 'quarterly', 'franchise')),
  year_start    BIGINT NOT NULL CHECK (year_start BETWEEN 1 AND 12),
  min_cash      BIGINT NOT NULL,
  max_cash      BIGINT NOT NULL,
  tolerance     BIGINT NOT NULL,
  lock_days     BIGINT NOT NULL,
  expenses      BOOLEAN NOT NULL,
  transfers     BOOLEAN NOT NULL,
  credit        TEXT NOT NULL CHECK (credit IN ('off', 'total', 'customer')),
  vouchers      BOOLEAN NOT NULL,
  overpayments  BOOLEAN NOT NULL,
  customers     BOOLEAN NOT NULL,
  changed_at    BIGINT NOT NULL,
  PRIMARY KEY (company_id)
);
CALL guard_company('settings');

CREATE TABLE company_logo (
  company_id TEXT NOT NULL,
  media_type TEXT NOT NULL,
  body       BYTEA NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (company_id)
);
CALL guard_company('company_logo');

CREATE TABLE location (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  siret      TEXT NOT NULL,
  street     TEXT NOT NULL,
  postcode   TEXT NOT NULL,
  city       TEXT NOT NULL,
  zone       TEXT NOT NULL,
  position   BIGINT NOT NULL,
  active     BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX location_order ON location (company_id, position);
CALL guard_company('location');

-- The open days of a week, from a date on: bit 0 is Monday, bit 6 Sunday.
CREATE TABLE calendar_week (
  company_id  TEXT NOT NULL,
  location_id TEXT NOT NULL,
  from_day    TEXT COLLATE "C" NOT NULL,
  open_days   BIGINT NOT NULL CHECK (open_days BETWEEN 0 AND 127),
  PRIMARY KEY (company_id, location_id, from_day),
  FOREIGN KEY (company_id, location_id) REFERENCES location (company_id, id)
);
CALL guard_company('calendar_week');

-- What a location does on each public holiday.
CREATE TABLE calendar_holiday (
  company_id  TEXT NOT NULL,
  location_id TEXT NOT NULL,
  holiday     TEXT NOT NULL,
  open        BOOLEAN NOT NULL,
  PRIMARY KEY (company_id, location_id, holiday),
  FOREIGN KEY (company_id, location_id) REFERENCES location (company_id, id)
);
CALL guard_company('calendar_holiday');

-- Days that differ from the week and the holidays.
CREATE TABLE calendar_exception (
  company_id  TEXT NOT NULL,
  id          TEXT NOT NULL,
  location_id TEXT NOT NULL,
  first_day   TEXT COLLATE "C" NOT NULL,
  last_day    TEXT COLLATE "C" NOT NULL,
  open        BOOLEAN NOT NULL,
  label       TEXT NOT NULL,
  PRIMARY KEY (company_id, id),
  FOREIGN KEY (company_id, location_id) REFERENCES location (company_id, id)
);
CREATE INDEX calendar_exception_days ON calendar_exception (company_id, location_id, last_day);
CALL guard_company('calendar_exception');

CREATE TABLE sales_category (
  company_id   TEXT NOT NULL,
  id           TEXT NOT NULL,
  label        TEXT NOT NULL,
  rate         BIGINT NOT NULL CHECK (rate BETWEEN 0 AND 9999),
  kind         TEXT NOT NULL CHECK (kind IN ('goods', 'service')),
  account_code TEXT NOT NULL,
  reporting    TEXT NOT NULL,
  colour       TEXT NOT NULL,
  note         TEXT NOT NULL,
  position     BIGINT NOT NULL,
  active       BOOLEAN NOT NULL,
  created_at   BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX sales_category_order ON sales_category (company_id, position);
CALL guard_company('sales_category');

CREATE TABLE tender_method (
  company_id   TEXT NOT NULL,
  id           TEXT NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('cash', 'card', 'cheque', 'meal', 'transfer', 'voucher', 'on-account', 'other')),
  label        TEXT NOT NULL,
  account_code TEXT NOT NULL,
  prefilled    BOOLEAN NOT NULL,
  box_float    BIGINT NOT NULL,
  position     BIGINT NOT NULL,
  active       BOOLEAN NOT NULL,
  created_at   BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX tender_method_order ON tender_method (company_id, position);
CALL guard_company('tender_method');

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
  limited      BOOLEAN NOT NULL,
  credit_limit BIGINT NOT NULL,
  note         TEXT NOT NULL,
  active       BOOLEAN NOT NULL,
  sort_key     TEXT COLLATE "C" NOT NULL,
  search_key   TEXT COLLATE "C" NOT NULL,
  created_at   BIGINT NOT NULL,
  changed_at   BIGINT NOT NULL,
  erased_at    BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX party_order ON party (company_id, kind, sort_key, id);
CALL guard_company('party');

-- How far the first-run assistant went.
CREATE TABLE setup_progress (
  company_id TEXT NOT NULL,
  step       BIGINT NOT NULL,
  trade      TEXT NOT NULL,
  done       BIGINT NOT NULL,
  ended_at   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (company_id)
);
CALL guard_company('setup_progress');
