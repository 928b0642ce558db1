-- +goose Up
CREATE TABLE budget_month (
  company_id  TEXT NOT NULL,
  location_id TEXT NOT NULL,
  month       TEXT COLLATE "C" NOT NULL,
  amount      BIGINT NOT NULL CHECK (amount >= 0),
  by_user     TEXT NOT NULL,
  at          BIGINT NOT NULL,
  PRIMARY KEY (company_id, location_id, month)
);
CALL guard_company('budget_month');

CREATE TABLE dashboard_card (
  company_id TEXT NOT NULL,
  user_id    TEXT NOT NULL,
  card       TEXT NOT NULL,
  position   BIGINT NOT NULL,
  shown      BOOLEAN NOT NULL,
  PRIMARY KEY (company_id, user_id, card)
);
CALL guard_company('dashboard_card');
