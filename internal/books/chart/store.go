package chart

import (
	"database/sql"
	"unicode/utf8"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

// Load gives the chart of the handle’s company.
func Load(q db.Querier) (Chart, error) {
	return db.Cached(q, "chart.Load", []string{"chart_account"}, func() (Chart, error) { return read(q) })
}

func read(q db.Querier) (Chart, error) {
	c := Default()
	err := db.Each(q, func(r *sql.Rows) error {
		a := Account{Own: true}
		if err := r.Scan(&a.Role, &a.Code, &a.Label); err != nil {
			return err
		}
		c.byRole[a.Role] = a
		return nil
	}, `SELECT role, code, label FROM chart_account WHERE company_id = $1`, q.Company())
	return c, err
}

// Set maps a role to another account of the company’s chart. Accounts already open in the ledger follow when they are next used.
func Set(tx *db.Tx, role, code, label string) error {
	c, err := Load(tx)
	if err != nil {
		return err
	}
	if !c.Has(role) {
		return fault.New(fault.NotFound, "Cette ligne du plan comptable n’existe pas.")
	}
	if !ValidCode(code) {
		return fault.New(fault.Invalid, "").Field("code", "Un numéro de compte a 2 à 12 caractères et commence par deux chiffres, par exemple 530 ou 70710.")
	}
	if label == "" || utf8.RuneCountInString(label) > 120 {
		return fault.New(fault.Invalid, "").Field("label", "Donnez un intitulé de 1 à 120 caractères.")
	}
	_, err = tx.Exec(`INSERT INTO chart_account (company_id, role, code, label) VALUES ($1, $2, $3, $4)
		ON CONFLICT (company_id, role) DO UPDATE SET code = excluded.code, label = excluded.label`, tx.Company(), role, code, label)
	return err
}
