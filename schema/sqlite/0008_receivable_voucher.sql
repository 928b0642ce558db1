-- +goose Up
-- Money a customer pays on account outside of a day sheet, or that is given back: an advance, an overpayment.
CREATE TABLE customer_payment (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('repayment', 'refund', 'overpayment')),
  party_id   TEXT NOT NULL,
  box_id     TEXT NOT NULL,
  method_id  TEXT NOT NULL,
  amount     INTEGER NOT NULL CHECK (amount > 0),
  on_day     TEXT NOT NULL,
  memo       TEXT NOT NULL,
  entry_id   TEXT NOT NULL,
  by_user    TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_payment_party ON customer_payment (company_id, party_id, on_day);
CREATE INDEX customer_payment_box ON customer_payment (company_id, box_id, on_day);
-- +goose StatementBegin
CREATE TRIGGER customer_payment_no_update BEFORE UPDATE ON customer_payment BEGIN SELECT RAISE(ABORT, 'append-only: customer_payment'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER customer_payment_no_delete BEFORE DELETE ON customer_payment BEGIN SELECT RAISE(ABORT, 'append-only: customer_payment'); END;
-- +goose StatementEnd

CREATE TABLE customer_payment_undo (
  company_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  reason     TEXT NOT NULL,
  entry_id   TEXT NOT NULL,
  by_user    TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (company_id, payment_id)
) STRICT, WITHOUT ROWID;
-- +goose StatementBegin
CREATE TRIGGER customer_payment_undo_no_update BEFORE UPDATE ON customer_payment_undo BEGIN SELECT RAISE(ABORT, 'append-only: customer_payment_undo'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER customer_payment_undo_no_delete BEFORE DELETE ON customer_payment_undo BEGIN SELECT RAISE(ABORT, 'append-only: customer_payment_undo'); END;
-- +goose StatementEnd

-- A gift voucher followed by its number. What is left on it is the balance of its account in the ledger.
CREATE TABLE voucher (
  company_id  TEXT NOT NULL,
  id          TEXT NOT NULL,
  number      TEXT NOT NULL,
  purpose     TEXT NOT NULL CHECK (purpose IN ('multi', 'single')),
  category_id TEXT NOT NULL,
  vat_rate    INTEGER NOT NULL,
  amount      INTEGER NOT NULL CHECK (amount > 0),
  box_id      TEXT NOT NULL,
  on_day      TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  holder      TEXT NOT NULL,
  memo        TEXT NOT NULL,
  entry_id    TEXT NOT NULL,
  by_user     TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX voucher_number ON voucher (company_id, number);
CREATE INDEX voucher_day ON voucher (company_id, box_id, on_day);
-- +goose StatementBegin
CREATE TRIGGER voucher_no_update BEFORE UPDATE ON voucher BEGIN SELECT RAISE(ABORT, 'append-only: voucher'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER voucher_no_delete BEFORE DELETE ON voucher BEGIN SELECT RAISE(ABORT, 'append-only: voucher'); END;
-- +goose StatementEnd

CREATE TABLE voucher_event (
  company_id  TEXT NOT NULL,
  id          TEXT NOT NULL,
  voucher_id  TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('used', 'undone', 'expired', 'cancelled', 'refunded', 'prolonged')),
  amount      INTEGER NOT NULL,
  box_id      TEXT NOT NULL,
  on_day      TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  undoes      TEXT NOT NULL,
  memo        TEXT NOT NULL,
  entry_id    TEXT NOT NULL,
  by_user     TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX voucher_event_voucher ON voucher_event (company_id, voucher_id, at);
CREATE INDEX voucher_event_day ON voucher_event (company_id, box_id, on_day);
CREATE UNIQUE INDEX voucher_event_undoes ON voucher_event (company_id, undoes) WHERE undoes <> '';
-- +goose StatementBegin
CREATE TRIGGER voucher_event_no_update BEFORE UPDATE ON voucher_event BEGIN SELECT RAISE(ABORT, 'append-only: voucher_event'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER voucher_event_no_delete BEFORE DELETE ON voucher_event BEGIN SELECT RAISE(ABORT, 'append-only: voucher_event'); END;
-- +goose StatementEnd
