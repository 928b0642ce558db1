-- +goose Up
-- The digest of what an act says beyond the lines of its entry: it is sealed with the entry. Entries posted before have none.
ALTER TABLE ledger_entry ADD COLUMN evidence TEXT NOT NULL DEFAULT '';

-- Acts that move no money are sealed by themselves. Those recorded before are not.
ALTER TABLE cheque ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cheque_withdrawal ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deposit_slip ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE voucher_event ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
