-- +goose Up
-- Photos of tickets Z: what was read on them, and the photo until it is kept with its day.
CREATE TABLE scan (
  company_id    TEXT NOT NULL,
  id            TEXT NOT NULL,
  box_id        TEXT NOT NULL,
  on_day        TEXT COLLATE "C" NOT NULL,
  name          TEXT NOT NULL,
  digest        TEXT NOT NULL,
  lines         TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('waiting', 'kept')),
  attachment_id TEXT NOT NULL,
  by_user       TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  kept_at       BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX scan_day ON scan (company_id, box_id, on_day);
CREATE INDEX scan_digest ON scan (company_id, digest);
CALL guard_company('scan');

CREATE TABLE scan_file (
  company_id TEXT NOT NULL,
  scan_id    TEXT NOT NULL,
  body       BYTEA NOT NULL,
  PRIMARY KEY (company_id, scan_id)
);
CALL guard_company('scan_file');

-- What the words of a ticket count in, as a person said, shop by shop.
CREATE TABLE scan_label (
  company_id  TEXT NOT NULL,
  location_id TEXT NOT NULL,
  label       TEXT NOT NULL,
  target      TEXT NOT NULL,
  changed_at  BIGINT NOT NULL,
  PRIMARY KEY (company_id, location_id, label)
);
CALL guard_company('scan_label');

-- The source says how a sheet was filled; the origin says more where there is more to say.
ALTER TABLE daysheet ADD COLUMN origin TEXT NOT NULL DEFAULT '' CHECK (origin IN ('', 'scan'));
