-- +goose Up
-- Money a customer pays on account outside of a day sheet, or that is given back: an advance, an overpayment.
CREATE TABLE customer_payment (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('repayment', 'refund', 'overpayment')),
  party_id   TEXT NOT NULL,
  box_id     TEXT NOT NULL,
  method_id  TEXT NOT NULL,
  amount     BIGINT NOT NULL CHECK (amount > 0),
  on_day     TEXT COLLATE "C" NOT NULL,
  memo       TEXT NOT NULL,
  entry_id   TEXT NOT NULL,
  by_user    TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX customer_payment_party ON customer_payment (company_id, party_id, on_day);
CREATE INDEX customer_payment_box ON customer_payment (company_id, box_id, on_day);
CALL guard_company('customer_payment');
CALL make_append_only('customer_payment');

CREATE TABLE customer_payment_undo (
  company_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  reason     TEXT NOT NULL,
  entry_id   TEXT NOT NULL,
  by_user    TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (company_id, payment_id)
);
CALL guard_company('customer_payment_undo');
CALL make_append_only('customer_payment_undo');

-- A gift voucher followed by its number. What is left on it is the balance of its account in the ledger.
CREATE TABLE voucher (
  company_id  TEXT NOT NULL,
  id          TEXT NOT NULL,
  number      TEXT COLLATE "C" NOT NULL,
  purpose     TEXT NOT NULL CHECK (purpose IN ('multi', 'single')),
  category_id TEXT NOT NULL,
  vat_rate    BIGINT NOT NULL,
  amount      BIGINT NOT NULL CHECK (amount > 0),
  box_id      TEXT NOT NULL,
  on_day      TEXT COLLATE "C" NOT NULL,
  valid_until TEXT COLLATE "C" NOT NULL,
  holder      TEXT NOT NULL,
  memo        TEXT NOT NULL,
  entry_id    TEXT NOT NULL,
  by_user     TEXT NOT NULL,
  at          BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX voucher_number ON voucher (company_id, number);
CREATE INDEX voucher_day ON voucher (company_id, box_id, on_day);
CALL guard_company('voucher');
CALL make_append_only('voucher');

CREATE TABLE voucher_event (
  company_id  TEXT NOT NULL,
  id          TEXT NOT NULL,
  voucher_id  TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('used', 'undone', 'expired', 'cancelled', 'refunded', 'prolonged')),
  amount      BIGINT NOT NULL,
  box_id      TEXT NOT NULL,
  on_day      TEXT COLLATE "C" NOT NULL,
  valid_until TEXT COLLATE "C" NOT NULL,
  undoes      TEXT NOT NULL,
  memo        TEXT NOT NULL,
  entry_id    TEXT NOT NULL,
  by_user     TEXT NOT NULL,
  at          BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX voucher_event_voucher ON voucher_event (company_id, voucher_id, at);
CREATE INDEX voucher_event_day ON voucher_event (company_id, box_id, on_day);
CREATE UNIQUE INDEX voucher_event_undoes ON voucher_event (company_id, undoes) WHERE undoes <> '';
CALL guard_company('voucher_event');
CALL make_append_only('voucher_event');
