-- +goose Up
CREATE TABLE budget_month (
  company_id  TEXT NOT NULL,
  location_id TEXT NOT NULL,
  month       TEXT NOT NULL,
  amount      INTEGER NOT NULL CHECK (amount >= 0),
  by_user     TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (company_id, location_id, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE dashboard_card (
  company_id TEXT NOT NULL,
  user_id    TEXT NOT NULL,
  card       TEXT NOT NULL,
  position   INTEGER NOT NULL,
  shown      INTEGER NOT NULL,
  PRIMARY KEY (company_id, user_id, card)
) STRICT, WITHOUT ROWID;
