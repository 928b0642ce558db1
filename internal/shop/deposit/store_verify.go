package deposit

import (
	"database/sql"

	"encaisse/internal/base/db"
)

func scanText(r *sql.Rows) (text string, err error) {
	err = r.Scan(&text)
	return text, err
}

// The acts of this room that are sealed by themselves, by their identifiers.
const (
	eachCheque     = `SELECT id FROM cheque WHERE company_id = $1 AND sealed = TRUE ORDER BY id`
	eachWithdrawal = `SELECT cheque_id FROM cheque_withdrawal WHERE company_id = $1 AND sealed = TRUE ORDER BY cheque_id`
	eachSlip       = `SELECT id FROM deposit_slip WHERE company_id = $1 AND sealed = TRUE ORDER BY id`
)

// each gives what calls a function with every identifier of a list.
func each(list string) func(q db.Querier, fn func(id string) error) error {
	return func(q db.Querier, fn func(id string) error) error {
		return db.Each(q, func(r *sql.Rows) error {
			id, err := scanText(r)
			if err != nil {
				return err
			}
			return fn(id)
		}, list, q.Company())
	}
}

// first is the first text a query gives, "" when it gives none.
func first(q db.Querier, query string, args ...any) (text string, err error) {
	found, err := db.List(q, scanText, query, append([]any{q.Company()}, args...)...)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// unsealed names a row without a seal although it was made since the acts of its kind are sealed, "" when there is none.
func unsealed(q db.Querier, kind string, since int64) (string, error) {
	switch kind {
	case ChequeKind:
		return first(q, `SELECT id FROM cheque WHERE company_id = $1 AND sealed = FALSE AND at >= $2 LIMIT 1`, since)
	case WithdrawalKind:
		return first(q, `SELECT cheque_id FROM cheque_withdrawal WHERE company_id = $1 AND sealed = FALSE AND at >= $2 LIMIT 1`, since)
	}
	return first(q, `SELECT id FROM deposit_slip WHERE company_id = $1 AND sealed = FALSE AND at >= $2 LIMIT 1`, since)
}

// stray names a row that speaks of another which is not there, "" when there is none.
func stray(q db.Querier) (string, error) {
	return first(q, `SELECT s.id FROM (
			SELECT 'event ' || e.id AS id FROM deposit_event e WHERE e.company_id = $1 AND NOT EXISTS (SELECT 1 FROM deposit_slip s WHERE s.company_id = $1 AND s.id = e.slip_id)
			UNION ALL SELECT 'line of slip ' || l.slip_id FROM deposit_slip_cheque l WHERE l.company_id = $1 AND (
				NOT EXISTS (SELECT 1 FROM deposit_slip s WHERE s.company_id = $1 AND s.id = l.slip_id) OR NOT EXISTS (SELECT 1 FROM cheque c WHERE c.company_id = $1 AND c.id = l.cheque_id)
				OR l.n < 1 OR l.n > (SELECT COUNT(*) FROM deposit_slip_cheque x WHERE x.company_id = $1 AND x.slip_id = l.slip_id))
			UNION ALL SELECT 'withdrawal of cheque ' || w.cheque_id FROM cheque_withdrawal w WHERE w.company_id = $1 AND NOT EXISTS (SELECT 1 FROM cheque c WHERE c.company_id = $1 AND c.id = w.cheque_id)
		) s LIMIT 1`)
}

func sealedChequeByID(q db.Querier, id string) (c sealedCheque, err error) {
	err = q.Row(`SELECT `+chequeColumns+`, c.by_user, c.at FROM cheque c WHERE c.company_id = $1 AND c.id = $2 AND c.sealed = TRUE`, q.Company(), id).
		Scan(&c.ID, &c.Box, &c.Method, &c.On, &c.Drawer, &c.Bank, &c.Number, &c.Party, &c.Amount, &c.By, &c.At)
	return c, err
}

func sealedWithdrawalOf(q db.Querier, cheque string) (w withdrawal, err error) {
	err = q.Row(`SELECT cheque_id, reason, by_user, at FROM cheque_withdrawal WHERE company_id = $1 AND cheque_id = $2 AND sealed = TRUE`, q.Company(), cheque).Scan(&w.Cheque, &w.Reason, &w.By, &w.At)
	return w, err
}

// slipSealed gives sql.ErrNoRows when no slip that is sealed has the identifier.
func slipSealed(q db.Querier, id string) error {
	var there string
	return q.Row(`SELECT id FROM deposit_slip WHERE company_id = $1 AND id = $2 AND sealed = TRUE`, q.Company(), id).Scan(&there)
}

// allCheques lists every cheque written down.
func allCheques(q db.Querier) ([]Cheque, error) {
	return db.List(q, scanCheque, `SELECT `+chequeColumns+` FROM cheque c WHERE c.company_id = $1 ORDER BY c.id`, q.Company())
}
