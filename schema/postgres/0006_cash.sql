-- +goose Up
CREATE TABLE cash_box (
  company_id   TEXT NOT NULL,
  id           TEXT NOT NULL,
  location_id  TEXT NOT NULL,
  name         TEXT NOT NULL,
  position     BIGINT NOT NULL,
  active       BOOLEAN NOT NULL,
  min_cash     BIGINT NOT NULL,
  max_cash     BIGINT NOT NULL,
  target_float BIGINT NOT NULL,
  blind_count  BOOLEAN NOT NULL,
  opened_at    BIGINT NOT NULL,
  first_day    TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX cash_box_location ON cash_box (company_id, location_id, position);
CALL guard_company('cash_box');

CREATE TABLE attachment (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size       BIGINT NOT NULL,
  digest     BYTEA NOT NULL,
  content    BYTEA NOT NULL,
  by_user    TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CALL guard_company('attachment');
CALL make_append_only('attachment');

CREATE TABLE cash_movement (
  company_id    TEXT NOT NULL,
  id            TEXT NOT NULL,
  box_id        TEXT NOT NULL,
  method_id     TEXT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('paid-in', 'paid-out', 'expense', 'deposit', 'transfer')),
  amount        BIGINT NOT NULL CHECK (amount > 0),
  on_day        TEXT COLLATE "C" NOT NULL,
  party_id      TEXT NOT NULL,
  role          TEXT NOT NULL,
  vat_rate      BIGINT NOT NULL,
  to_box        TEXT NOT NULL,
  to_method     TEXT NOT NULL,
  memo          TEXT NOT NULL,
  attachment_id TEXT NOT NULL,
  entry_id      TEXT NOT NULL,
  by_user       TEXT NOT NULL,
  at            BIGINT NOT NULL,
  back_dated    BOOLEAN NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX cash_movement_box ON cash_movement (company_id, box_id, on_day);
CREATE INDEX cash_movement_to ON cash_movement (company_id, to_box, on_day);
CALL guard_company('cash_movement');
CALL make_append_only('cash_movement');

CREATE TABLE cash_movement_change (
  company_id  TEXT NOT NULL,
  movement_id TEXT NOT NULL,
  n           BIGINT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('reversed', 'restored')),
  reason      TEXT NOT NULL,
  entry_id    TEXT NOT NULL,
  by_user     TEXT NOT NULL,
  at          BIGINT NOT NULL,
  PRIMARY KEY (company_id, movement_id, n)
);
CALL guard_company('cash_movement_change');
CALL make_append_only('cash_movement_change');

CREATE TABLE daysheet_draft (
  company_id TEXT NOT NULL,
  box_id     TEXT NOT NULL,
  on_day     TEXT COLLATE "C" NOT NULL,
  revision   BIGINT NOT NULL,
  fields     TEXT NOT NULL,
  gross      BIGINT NOT NULL,
  by_user    TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (company_id, box_id, on_day)
);
CALL guard_company('daysheet_draft');

CREATE TABLE daysheet (
  company_id     TEXT NOT NULL,
  box_id         TEXT NOT NULL,
  on_day         TEXT COLLATE "C" NOT NULL,
  version        BIGINT NOT NULL,
  id             TEXT NOT NULL,
  seq            BIGINT NOT NULL,
  entry_id       TEXT NOT NULL,
  source         TEXT NOT NULL CHECK (source IN ('hand', 'till', 'file', 'api')),
  z_number       TEXT NOT NULL,
  sales_count    BIGINT NOT NULL,
  customer_count BIGINT NOT NULL,
  gross          BIGINT NOT NULL,
  net            BIGINT NOT NULL,
  tax            BIGINT NOT NULL,
  taken          BIGINT NOT NULL,
  breakdown      BIGINT NOT NULL,
  over_short     BIGINT NOT NULL,
  unexplained    BIGINT NOT NULL,
  perpetual      BIGINT NOT NULL,
  perpetual_abs  BIGINT NOT NULL,
  reason         TEXT NOT NULL,
  content        TEXT NOT NULL,
  by_user        TEXT NOT NULL,
  at             BIGINT NOT NULL,
  PRIMARY KEY (company_id, box_id, on_day, version)
);
CREATE UNIQUE INDEX daysheet_id ON daysheet (company_id, id);
CREATE UNIQUE INDEX daysheet_seq ON daysheet (company_id, box_id, seq);
CREATE INDEX daysheet_day ON daysheet (company_id, on_day, box_id);
CALL guard_company('daysheet');
CALL make_append_only('daysheet');
