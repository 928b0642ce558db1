package party

import (
	"database/sql"
	"strconv"
	"strings"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

const columns = `id, kind, nature, name, email, phone, street, postcode, city, siret, vat_number, account_code, limited, credit_limit, note, active, created_at, erased_at`

// Search is what a list asks for.
type Search struct {
	Kind     Kind
	Words    string // all must be found
	Inactive bool   // those out of use too
	Sort     Sort
	Limit    int // 0 is all
	Offset   int
}

// Sort is the order of a list.
type Sort string

// The orders.
const (
	ByName Sort = "nom"
	ByCity Sort = "ville"
	ByAge  Sort = "recent" // last made first
)

// Get finds a party.
func Get(q db.Querier, id string) (Party, error) {
	found, err := db.List(q, scan, `SELECT `+columns+` FROM party WHERE company_id = $1 AND id = $2`, q.Company(), id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "Cette fiche n’existe pas.")
	}
	if err != nil {
		return Party{}, err
	}
	return found[0], nil
}

// Find lists what a search finds, and says how many there are in all.
func Find(q db.Querier, s Search) (list []Party, total int, err error) {
	where, args := s.where(q.Company())
	if err := q.Row(`SELECT COUNT(*) FROM party WHERE `+where, args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	query := `SELECT ` + columns + ` FROM party WHERE ` + where + ` ORDER BY ` + s.order()
	if s.Limit > 0 {
		query += ` LIMIT ` + place(len(args)+1) + ` OFFSET ` + place(len(args)+2)
		args = append(args, s.Limit, s.Offset)
	}
	list, err = db.List(q, scan, query, args...)
	return list, total, err
}

// Names gives the names of all parties of a kind, by id, for the pages that show many.
func Names(q db.Querier, kind Kind) (map[string]string, error) {
	names := map[string]string{}
	err := db.Each(q, func(r *sql.Rows) error {
		var id, name string
		err := r.Scan(&id, &name)
		names[id] = name
		return err
	}, `SELECT id, name FROM party WHERE company_id = $1 AND kind = $2`, q.Company(), string(kind))
	return names, err
}

func (s Search) where(company string) (string, []any) {
	where, args := `company_id = $1 AND kind = $2`, []any{company, string(s.Kind)}
	if !s.Inactive {
		where += ` AND active`
	}
	for _, word := range strings.Fields(plain(s.Words)) {
		args = append(args, "%"+escape(word)+"%")
		where += ` AND search_key LIKE ` + place(len(args)) + ` ESCAPE '!'`
	}
	return where, args
}

func (s Search) order() string {
	switch s.Sort {
	case ByCity:
		return `city, sort_key, id`
	case ByAge:
		return `created_at DESC, id DESC`
	}
	return `sort_key, id`
}

// escape makes a text stand for itself in LIKE … ESCAPE '!'.
func escape(text string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(text)
}

func scan(r *sql.Rows) (Party, error) {
	var p Party
	var created, erased int64
	err := r.Scan(&p.ID, &p.Kind, &p.Nature, &p.Name, &p.Email, &p.Phone, &p.Street, &p.Postcode, &p.City, &p.SIRET, &p.VATNumber,
		&p.AccountCode, &p.Limited, &p.CreditLimit, &p.Note, &p.Active, &created, &erased)
	p.CreatedAt = time.UnixMicro(created).UTC()
	if erased != 0 {
		p.ErasedAt = time.UnixMicro(erased).UTC()
	}
	return p, err
}

func put(tx *db.Tx, p Party) error {
	var erased int64
	if p.Erased() {
		erased = p.ErasedAt.UnixMicro()
	}
	now := tx.Now().UnixMicro()
	_, err := tx.Exec(`INSERT INTO party (company_id, id, kind, nature, name, email, phone, street, postcode, city, siret, vat_number, account_code,
		limited, credit_limit, note, active, sort_key, search_key, created_at, changed_at, erased_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $20, $21)
		ON CONFLICT (company_id, id) DO UPDATE SET nature = excluded.nature, name = excluded.name, email = excluded.email,
		phone = excluded.phone, street = excluded.street, postcode = excluded.postcode, city = excluded.city, siret = excluded.siret,
		vat_number = excluded.vat_number, account_code = excluded.account_code, limited = excluded.limited,
		credit_limit = excluded.credit_limit, note = excluded.note, active = excluded.active, sort_key = excluded.sort_key,
		search_key = excluded.search_key, changed_at = excluded.changed_at, erased_at = excluded.erased_at`,
		tx.Company(), p.ID, string(p.Kind), string(p.Nature), p.Name, p.Email, p.Phone, p.Street, p.Postcode, p.City, p.SIRET, p.VATNumber, p.AccountCode,
		p.Limited, int64(p.CreditLimit), p.Note, p.Active, p.sortKey(), p.searchKey(), now, erased)
	return err
}

func place(n int) string { return "$" + strconv.Itoa(n) }
