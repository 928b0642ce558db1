-- +goose Up
-- A box is a till (which has day sheets), another box, or a safe. One without a location is of the whole company.
ALTER TABLE cash_box ADD COLUMN kind TEXT NOT NULL DEFAULT 'till' CHECK (kind IN ('till', 'box', 'safe'));
ALTER TABLE cash_box ADD COLUMN holds TEXT NOT NULL DEFAULT 'any' CHECK (holds IN ('any', 'cash', 'cashless'));
ALTER TABLE cash_box ADD COLUMN is_virtual INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cash_box ADD COLUMN account_code TEXT NOT NULL DEFAULT '';
ALTER TABLE cash_box ADD COLUMN deleted_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cash_box ADD COLUMN deleted_by TEXT NOT NULL DEFAULT '';

-- The kind says which way the money goes; the type says why. Movements recorded before have their kind for type.
ALTER TABLE cash_movement ADD COLUMN type TEXT NOT NULL DEFAULT '';
ALTER TABLE cash_movement ADD COLUMN item_id TEXT NOT NULL DEFAULT '';
ALTER TABLE cash_movement ADD COLUMN fee_of TEXT NOT NULL DEFAULT '';
CREATE INDEX cash_movement_fee ON cash_movement (company_id, fee_of) WHERE fee_of <> '';

CREATE TABLE cash_fee (
  company_id TEXT NOT NULL,
  box_id     TEXT NOT NULL,
  n          INTEGER NOT NULL CHECK (n BETWEEN 1 AND 4),
  side       TEXT NOT NULL CHECK (side IN ('in', 'out', 'both')),
  rate       INTEGER NOT NULL,
  fixed      INTEGER NOT NULL,
  PRIMARY KEY (company_id, box_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE cash_item (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  active     INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE cash_access (
  company_id TEXT NOT NULL,
  box_id     TEXT NOT NULL,
  user_id    TEXT NOT NULL,
  actions    TEXT NOT NULL,
  PRIMARY KEY (company_id, box_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE cash_order (
  company_id TEXT NOT NULL,
  user_id    TEXT NOT NULL,
  box_id     TEXT NOT NULL,
  position   INTEGER NOT NULL,
  PRIMARY KEY (company_id, user_id, box_id)
) STRICT, WITHOUT ROWID;
