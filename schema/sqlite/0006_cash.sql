-- +goose Up
CREATE TABLE cash_box (
  company_id   TEXT NOT NULL,
  id           TEXT NOT NULL,
  location_id  TEXT NOT NULL,
  name         TEXT NOT NULL,
  position     INTEGER NOT NULL,
  active       INTEGER NOT NULL,
  min_cash     INTEGER NOT NULL,
  max_cash     INTEGER NOT NULL,
  target_float INTEGER NOT NULL,
  blind_count  INTEGER NOT NULL,
  opened_at    INTEGER NOT NULL,
  first_day    TEXT NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cash_box_location ON cash_box (company_id, location_id, position);

CREATE TABLE attachment (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size       INTEGER NOT NULL,
  digest     BLOB NOT NULL,
  content    BLOB NOT NULL,
  by_user    TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER attachment_no_update BEFORE UPDATE ON attachment BEGIN SELECT RAISE(ABORT, 'append-only: attachment'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attachment_no_delete BEFORE DELETE ON attachment BEGIN SELECT RAISE(ABORT, 'append-only: attachment'); END;
-- +goose StatementEnd

CREATE TABLE cash_movement (
  company_id    TEXT NOT NULL,
  id            TEXT NOT NULL,
  box_id        TEXT NOT NULL,
  method_id     TEXT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('paid-in', 'paid-out', 'expense', 'deposit', 'transfer')),
  amount        INTEGER NOT NULL CHECK (amount > 0),
  on_day        TEXT NOT NULL,
  party_id      TEXT NOT NULL,
  role          TEXT NOT NULL,
  vat_rate      INTEGER NOT NULL,
  to_box        TEXT NOT NULL,
  to_method     TEXT NOT NULL,
  memo          TEXT NOT NULL,
  attachment_id TEXT NOT NULL,
  entry_id      TEXT NOT NULL,
  by_user       TEXT NOT NULL,
  at            INTEGER NOT NULL,
  back_dated    INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cash_movement_box ON cash_movement (company_id, box_id, on_day);
CREATE INDEX cash_movement_to ON cash_movement (company_id, to_box, on_day);
-- +goose StatementBegin
CREATE TRIGGER cash_movement_no_update BEFORE UPDATE ON cash_movement BEGIN SELECT RAISE(ABORT, 'append-only: cash_movement'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cash_movement_no_delete BEFORE DELETE ON cash_movement BEGIN SELECT RAISE(ABORT, 'append-only: cash_movement'); END;
-- +goose StatementEnd

CREATE TABLE cash_movement_change (
  company_id  TEXT NOT NULL,
  movement_id TEXT NOT NULL,
  n           INTEGER NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('reversed', 'restored')),
  reason      TEXT NOT NULL,
  entry_id    TEXT NOT NULL,
  by_user     TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (company_id, movement_id, n)
) STRICT, WITHOUT ROWID;
-- +goose StatementBegin
CREATE TRIGGER cash_movement_change_no_update BEFORE UPDATE ON cash_movement_change BEGIN SELECT RAISE(ABORT, 'append-only: cash_movement_change'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cash_movement_change_no_delete BEFORE DELETE ON cash_movement_change BEGIN SELECT RAISE(ABORT, 'append-only: cash_movement_change'); END;
-- +goose StatementEnd

CREATE TABLE daysheet_draft (
  company_id TEXT NOT NULL,
  box_id     TEXT NOT NULL,
  on_day     TEXT NOT NULL,
  revision   INTEGER NOT NULL,
  fields     TEXT NOT NULL,
  gross      INTEGER NOT NULL,
  by_user    TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (company_id, box_id, on_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE daysheet (
  company_id     TEXT NOT NULL,
  box_id         TEXT NOT NULL,
  on_day         TEXT NOT NULL,
  version        INTEGER NOT NULL,
  id             TEXT NOT NULL,
  seq            INTEGER NOT NULL,
  entry_id       TEXT NOT NULL,
  source         TEXT NOT NULL CHECK (source IN ('hand', 'till', 'file', 'api')),
  z_number       TEXT NOT NULL,
  sales_count    INTEGER NOT NULL,
  customer_count INTEGER NOT NULL,
  gross          INTEGER NOT NULL,
  net            INTEGER NOT NULL,
  tax            INTEGER NOT NULL,
  taken          INTEGER NOT NULL,
  breakdown      INTEGER NOT NULL,
  over_short     INTEGER NOT NULL,
  unexplained    INTEGER NOT NULL,
  perpetual      INTEGER NOT NULL,
  perpetual_abs  INTEGER NOT NULL,
  reason         TEXT NOT NULL,
  content        TEXT NOT NULL,
  by_user        TEXT NOT NULL,
  at             INTEGER NOT NULL,
  PRIMARY KEY (company_id, box_id, on_day, version)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX daysheet_id ON daysheet (company_id, id);
CREATE UNIQUE INDEX daysheet_seq ON daysheet (company_id, box_id, seq);
CREATE INDEX daysheet_day ON daysheet (company_id, on_day, box_id);
-- +goose StatementBegin
CREATE TRIGGER daysheet_no_update BEFORE UPDATE ON daysheet BEGIN SELECT RAISE(ABORT, 'append-only: daysheet'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER daysheet_no_delete BEFORE DELETE ON daysheet BEGIN SELECT RAISE(ABORT, 'append-only: daysheet'); END;
-- +goose StatementEnd
