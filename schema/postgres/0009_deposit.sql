-- +goose Up
-- A cheque received, as written on it. Those of no slip that counts are in hand.
CREATE TABLE cheque (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  box_id     TEXT NOT NULL,
  method_id  TEXT NOT NULL,
  on_day     TEXT COLLATE "C" NOT NULL,
  drawer     TEXT NOT NULL,
  bank       TEXT NOT NULL,
  number     TEXT NOT NULL,
  party_id   TEXT NOT NULL,
  amount     BIGINT NOT NULL CHECK (amount > 0),
  by_user    TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX cheque_box ON cheque (company_id, box_id, method_id, on_day);
CALL guard_company('cheque');
CALL make_append_only('cheque');

CREATE TABLE cheque_withdrawal (
  company_id TEXT NOT NULL,
  cheque_id  TEXT NOT NULL,
  reason     TEXT NOT NULL,
  by_user    TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (company_id, cheque_id)
);
CALL guard_company('cheque_withdrawal');
CALL make_append_only('cheque_withdrawal');

CREATE TABLE deposit_slip (
  company_id  TEXT NOT NULL,
  id          TEXT NOT NULL,
  number      BIGINT NOT NULL,
  box_id      TEXT NOT NULL,
  method_id   TEXT NOT NULL,
  on_day      TEXT COLLATE "C" NOT NULL,
  amount      BIGINT NOT NULL CHECK (amount > 0),
  loose       BIGINT NOT NULL,
  pieces      TEXT NOT NULL,
  memo        TEXT NOT NULL,
  movement_id TEXT NOT NULL,
  by_user     TEXT NOT NULL,
  at          BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX deposit_slip_number ON deposit_slip (company_id, number);
CREATE INDEX deposit_slip_day ON deposit_slip (company_id, on_day, number);
CALL guard_company('deposit_slip');
CALL make_append_only('deposit_slip');

CREATE TABLE deposit_slip_cheque (
  company_id TEXT NOT NULL,
  slip_id    TEXT NOT NULL,
  n          BIGINT NOT NULL,
  cheque_id  TEXT NOT NULL,
  PRIMARY KEY (company_id, slip_id, n)
);
CREATE INDEX deposit_slip_cheque_cheque ON deposit_slip_cheque (company_id, cheque_id);
CALL guard_company('deposit_slip_cheque');
CALL make_append_only('deposit_slip_cheque');

-- What became of a slip: credited by the bank, its credit taken back, itself undone.
CREATE TABLE deposit_event (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  slip_id    TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('credited', 'uncredited', 'undone', 'returned')),
  cheque_id  TEXT NOT NULL,
  party_id   TEXT NOT NULL,
  on_day     TEXT COLLATE "C" NOT NULL,
  amount     BIGINT NOT NULL,
  fee        BIGINT NOT NULL,
  memo       TEXT NOT NULL,
  entry_id   TEXT NOT NULL,
  by_user    TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX deposit_event_slip ON deposit_event (company_id, slip_id, at);
CREATE UNIQUE INDEX deposit_event_return ON deposit_event (company_id, cheque_id) WHERE cheque_id <> '';
CALL guard_company('deposit_event');
CALL make_append_only('deposit_event');
