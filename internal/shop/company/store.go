package company

import (
	"database/sql"
	"errors"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

func insertCompany(tx *db.Tx, ref Ref) error {
	_, err := tx.Exec(`INSERT INTO company (id, slug, name, created_at) VALUES ($1, $2, $3, $4)`, ref.ID, ref.Slug, ref.Name, tx.Now().UnixMicro())
	return err
}

func slugsLike(q db.Querier, slug string) (map[string]bool, error) {
	taken := map[string]bool{}
	err := db.Each(q, func(r *sql.Rows) error {
		var s string
		err := r.Scan(&s)
		taken[s] = true
		return err
	}, `SELECT slug FROM company WHERE slug = $1 OR slug LIKE $2`, slug, slug+"-%")
	return taken, err
}

func renameCompany(tx *db.Tx, name string) error {
	_, err := tx.Exec(`UPDATE company SET name = $2 WHERE id = $1`, tx.Company(), name)
	return err
}

// Find is the company of a handle, as the directory knows it.
func Find(q db.Querier) (Ref, error) {
	ref := Ref{ID: q.Company()}
	err := q.Row(`SELECT slug, name FROM company WHERE id = $1`, q.Company()).Scan(&ref.Slug, &ref.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return Ref{}, fault.New(fault.NotFound, "Cette société n’existe pas.")
	}
	return ref, err
}

const settingsColumns = `legal_name, trade_name, legal_form, capital, siren, vat_number, rcs, naf, street, postcode, city, phone, email,
	currency, time_zone, cutoff_hour, vat_regime, year_start, min_cash, max_cash, tolerance, lock_days,
	expenses, transfers, credit, vouchers, overpayments, customers`

// Load reads the settings of the company, Defaults when nothing was chosen yet.
func Load(q db.Querier) (Settings, error) {
	return db.Cached(q, "company.Load", []string{"settings"}, func() (Settings, error) { return readSettings(q) })
}

func readSettings(q db.Querier) (Settings, error) {
	var s Settings
	err := q.Row(`SELECT `+settingsColumns+` FROM settings WHERE company_id = $1`, q.Company()).Scan(
		&s.LegalName, &s.TradeName, &s.LegalForm, &s.Capital, &s.SIREN, &s.VATNumber, &s.RCS, &s.NAF, &s.Street, &s.Postcode, &s.City, &s.Phone, &s.Email,
		&s.Currency, &s.TimeZone, &s.Cutoff, &s.VATRegime, &s.YearStart, &s.MinCash, &s.MaxCash, &s.Tolerance, &s.LockDays,
		&s.Expenses, &s.Transfers, &s.Credit, &s.Vouchers, &s.Overpayments, &s.Customers)
	if errors.Is(err, sql.ErrNoRows) {
		return Defaults(), nil
	}
	return s, err
}

func putSettings(tx *db.Tx, s Settings) error {
	_, err := tx.Exec(`INSERT INTO settings (company_id, `+settingsColumns+`, changed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30)
		ON CONFLICT (company_id) DO UPDATE SET legal_name = excluded.legal_name, trade_name = excluded.trade_name,
		legal_form = excluded.legal_form, capital = excluded.capital, siren = excluded.siren, vat_number = excluded.vat_number,
		rcs = excluded.rcs, naf = excluded.naf, street = excluded.street, postcode = excluded.postcode, city = excluded.city,
		phone = excluded.phone, email = excluded.email, currency = excluded.currency, time_zone = excluded.time_zone,
		cutoff_hour = excluded.cutoff_hour, vat_regime = excluded.vat_regime, year_start = excluded.year_start,
		min_cash = excluded.min_cash, max_cash = excluded.max_cash, tolerance = excluded.tolerance, lock_days = excluded.lock_days,
		expenses = excluded.expenses, transfers = excluded.transfers, credit = excluded.credit, vouchers = excluded.vouchers,
		overpayments = excluded.overpayments, customers = excluded.customers, changed_at = excluded.changed_at`,
		tx.Company(), s.LegalName, s.TradeName, s.LegalForm, s.Capital, s.SIREN, s.VATNumber, s.RCS, s.NAF, s.Street, s.Postcode, s.City, s.Phone, s.Email,
		s.Currency, s.TimeZone, s.Cutoff, string(s.VATRegime), s.YearStart, int64(s.MinCash), int64(s.MaxCash), int64(s.Tolerance), s.LockDays,
		s.Expenses, s.Transfers, string(s.Credit), s.Vouchers, s.Overpayments, s.Customers, tx.Now().UnixMicro())
	return err
}

const locationColumns = `id, name, siret, street, postcode, city, zone, active`

// Locations lists the locations in their order, those out of use too.
func Locations(q db.Querier) ([]Location, error) {
	return db.CachedList(q, "company.Locations", []string{"location"}, func() ([]Location, error) {
		return db.List(q, scanLocation, `SELECT `+locationColumns+` FROM location WHERE company_id = $1 ORDER BY position, id`, q.Company())
	})
}

// LocationByID finds a location.
func LocationByID(q db.Querier, id string) (Location, error) {
	found, err := db.List(q, scanLocation, `SELECT `+locationColumns+` FROM location WHERE company_id = $1 AND id = $2`, q.Company(), id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "Cet établissement n’existe pas.")
	}
	if err != nil {
		return Location{}, err
	}
	return found[0], nil
}

func scanLocation(r *sql.Rows) (Location, error) {
	var l Location
	err := r.Scan(&l.ID, &l.Name, &l.SIRET, &l.Street, &l.Postcode, &l.City, &l.Zone, &l.Active)
	return l, err
}

// putLocation writes a location. position counts only for a new one.
func putLocation(tx *db.Tx, l Location, position int) error {
	_, err := tx.Exec(`INSERT INTO location (company_id, `+locationColumns+`, position, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (company_id, id) DO UPDATE SET name = excluded.name, siret = excluded.siret, street = excluded.street,
		postcode = excluded.postcode, city = excluded.city, zone = excluded.zone, active = excluded.active`,
		tx.Company(), l.ID, l.Name, l.SIRET, l.Street, l.Postcode, l.City, string(l.Zone), l.Active, position, tx.Now().UnixMicro())
	return err
}

// Logo is the picture printed on documents; an empty Type is none.
type Logo struct {
	Type string
	Body []byte
}

// LoadLogo reads the logo of the company.
func LoadLogo(q db.Querier) (Logo, error) {
	var l Logo
	err := q.Row(`SELECT media_type, body FROM company_logo WHERE company_id = $1`, q.Company()).Scan(&l.Type, &l.Body)
	if errors.Is(err, sql.ErrNoRows) {
		return Logo{}, nil
	}
	return l, err
}

func putLogo(tx *db.Tx, l Logo) error {
	_, err := tx.Exec(`INSERT INTO company_logo (company_id, media_type, body, changed_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (company_id) DO UPDATE SET media_type = excluded.media_type, body = excluded.body, changed_at = excluded.changed_at`,
		tx.Company(), l.Type, l.Body, tx.Now().UnixMicro())
	return err
}

func dropLogo(tx *db.Tx) error {
	_, err := tx.Exec(`DELETE FROM company_logo WHERE company_id = $1`, tx.Company())
	return err
}
