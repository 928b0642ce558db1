-- +goose Up
-- A cheque received, as written on it. Those of no slip that counts are in hand.
CREATE TABLE cheque (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  box_id     TEXT NOT NULL,
  method_id  TEXT NOT NULL,
  on_day     TEXT NOT NULL,
  drawer     TEXT NOT NULL,
  bank       TEXT NOT NULL,
  number     TEXT NOT NULL,
  party_id   TEXT NOT NULL,
  amount     INTEGER NOT NULL CHECK (amount > 0),
  by_user    TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cheque_box ON cheque (company_id, box_id, method_id, on_day);
-- +goose StatementBegin
CREATE TRIGGER cheque_no_update BEFORE UPDATE ON cheque BEGIN SELECT RAISE(ABORT, 'append-only: cheque'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cheque_no_delete BEFORE DELETE ON cheque BEGIN SELECT RAISE(ABORT, 'append-only: cheque'); END;
-- +goose StatementEnd

CREATE TABLE cheque_withdrawal (
  company_id TEXT NOT NULL,
  cheque_id  TEXT NOT NULL,
  reason     TEXT NOT NULL,
  by_user    TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (company_id, cheque_id)
) STRICT, WITHOUT ROWID;
-- +goose StatementBegin
CREATE TRIGGER cheque_withdrawal_no_update BEFORE UPDATE ON cheque_withdrawal BEGIN SELECT RAISE(ABORT, 'append-only: cheque_withdrawal'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cheque_withdrawal_no_delete BEFORE DELETE ON cheque_withdrawal BEGIN SELECT RAISE(ABORT, 'append-only: cheque_withdrawal'); END;
-- +goose StatementEnd

CREATE TABLE deposit_slip (
  company_id  TEXT NOT NULL,
  id          TEXT NOT NULL,
  number      INTEGER NOT NULL,
  box_id      TEXT NOT NULL,
  method_id   TEXT NOT NULL,
  on_day      TEXT NOT NULL,
  amount      INTEGER NOT NULL CHECK (amount > 0),
  loose       INTEGER NOT NULL,
  pieces      TEXT NOT NULL,
  memo        TEXT NOT NULL,
  movement_id TEXT NOT NULL,
  by_user     TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX deposit_slip_number ON deposit_slip (company_id, number);
CREATE INDEX deposit_slip_day ON deposit_slip (company_id, on_day, number);
-- +goose StatementBegin
CREATE TRIGGER deposit_slip_no_update BEFORE UPDATE ON deposit_slip BEGIN SELECT RAISE(ABORT, 'append-only: deposit_slip'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deposit_slip_no_delete BEFORE DELETE ON deposit_slip BEGIN SELECT RAISE(ABORT, 'append-only: deposit_slip'); END;
-- +goose StatementEnd

CREATE TABLE deposit_slip_cheque (
  company_id TEXT NOT NULL,
  slip_id    TEXT NOT NULL,
  n          INTEGER NOT NULL,
  cheque_id  TEXT NOT NULL,
  PRIMARY KEY (company_id, slip_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX deposit_slip_cheque_cheque ON deposit_slip_cheque (company_id, cheque_id);
-- +goose StatementBegin
CREATE TRIGGER deposit_slip_cheque_no_update BEFORE UPDATE ON deposit_slip_cheque BEGIN SELECT RAISE(ABORT, 'append-only: deposit_slip_cheque'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deposit_slip_cheque_no_delete BEFORE DELETE ON deposit_slip_cheque BEGIN SELECT RAISE(ABORT, 'append-only: deposit_slip_cheque'); END;
-- +goose StatementEnd

-- What became of a slip: credited by the bank, its credit taken back, itself undone.
CREATE TABLE deposit_event (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  slip_id    TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('credited', 'uncredited', 'undone', 'returned')),
  cheque_id  TEXT NOT NULL,
  party_id   TEXT NOT NULL,
  on_day     TEXT NOT NULL,
  amount     INTEGER NOT NULL,
  fee        INTEGER NOT NULL,
  memo       TEXT NOT NULL,
  entry_id   TEXT NOT NULL,
  by_user    TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deposit_event_slip ON deposit_event (company_id, slip_id, at);
CREATE UNIQUE INDEX deposit_event_return ON deposit_event (company_id, cheque_id) WHERE cheque_id <> '';
-- +goose StatementBegin
CREATE TRIGGER deposit_event_no_update BEFORE UPDATE ON deposit_event BEGIN SELECT RAISE(ABORT, 'append-only: deposit_event'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deposit_event_no_delete BEFORE DELETE ON deposit_event BEGIN SELECT RAISE(ABORT, 'append-only: deposit_event'); END;
-- +goose StatementEnd
