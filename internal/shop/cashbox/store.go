package cashbox

import (
	"database/sql"
	"errors"
	"slices"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/vat"
)

const boxColumns = `id, location_id, name, active, min_cash, max_cash, target_float, blind_count, first_day, kind, holds, is_virtual, account_code, deleted_at`

func scanBox(r interface{ Scan(...any) error }) (b Box, err error) {
	var deletedAt int64
	err = r.Scan(&b.ID, &b.Location, &b.Name, &b.Active, &b.MinCash, &b.MaxCash, &b.TargetFloat, &b.BlindCount, &b.FirstDay, &b.Kind, &b.Holds, &b.Virtual, &b.AccountCode, &deletedAt)
	b.Deleted = deletedAt != 0
	return b, err
}

// Everything gives every box of the company, deleted ones too, in the order of locations and as placed in each.
func Everything(q db.Querier) ([]Box, error) {
	return db.CachedList(q, "cashbox.Everything", []string{"cash_box"}, func() ([]Box, error) {
		return db.List(q, func(r *sql.Rows) (Box, error) { return scanBox(r) },
			`SELECT `+boxColumns+` FROM cash_box WHERE company_id = $1 ORDER BY location_id, position, id`, q.Company())
	})
}

// List gives the tills of the company: the boxes that have day sheets, those out of use too, because their sheets stay.
func List(q db.Querier) ([]Box, error) {
	all, err := Everything(q)
	return slices.DeleteFunc(all, func(b Box) bool { return !b.IsTill() }), err
}

// Reported gives the boxes that reports and accounting exports are about: all but the virtual ones. An entry whose place is a virtual box
// moves virtual money only, and all its accounts name that box.
func Reported(q db.Querier) ([]Box, error) {
	all, err := Everything(q)
	return slices.DeleteFunc(all, func(b Box) bool { return b.Virtual }), err
}

// Get gives a till. Fault NotFound.
func Get(q db.Querier, boxID string) (Box, error) {
	b, err := ByID(q, boxID)
	if err == nil && !b.IsTill() {
		return Box{}, fault.New(fault.NotFound, "Cette caisse n’existe pas.")
	}
	return b, err
}

// ByID gives a box of any kind, deleted or not. Fault NotFound.
func ByID(q db.Querier, boxID string) (Box, error) {
	all, err := Everything(q)
	if err != nil {
		return Box{}, err
	}
	at := slices.IndexFunc(all, func(b Box) bool { return b.ID == boxID })
	if at < 0 {
		return Box{}, fault.New(fault.NotFound, "Cette caisse n’existe pas.")
	}
	return all[at], nil
}

func insertBox(tx *db.Tx, b Box) error {
	_, err := tx.Exec(`INSERT INTO cash_box (company_id, id, location_id, name, position, active, min_cash, max_cash, target_float, blind_count, opened_at, first_day, kind, holds, is_virtual, account_code)
		VALUES ($1, $2, $3, $4, (SELECT COALESCE(MAX(position), 0) + 1 FROM cash_box WHERE company_id = $1 AND location_id = $3), $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		tx.Company(), b.ID, b.Location, b.Name, b.Active, int64(b.MinCash), int64(b.MaxCash), int64(b.TargetFloat), b.BlindCount, tx.Now().UnixMicro(), string(b.FirstDay),
		string(b.Kind), string(b.Holds), b.Virtual, b.AccountCode)
	return err
}

func updateBox(tx *db.Tx, b Box) error {
	n, err := tx.Exec(`UPDATE cash_box SET name = $3, active = $4, min_cash = $5, max_cash = $6, target_float = $7, blind_count = $8, first_day = $9, account_code = $10 WHERE company_id = $1 AND id = $2`,
		tx.Company(), b.ID, b.Name, b.Active, int64(b.MinCash), int64(b.MaxCash), int64(b.TargetFloat), b.BlindCount, string(b.FirstDay), b.AccountCode)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "Cette caisse n’existe pas.")
	}
	return err
}

func insertMovement(tx *db.Tx, r Recorded) error {
	_, err := tx.Exec(`INSERT INTO cash_movement (company_id, id, box_id, method_id, kind, type, amount, on_day, party_id, role, vat_rate, to_box, to_method, memo, attachment_id, entry_id, by_user, at, back_dated, item_id, fee_of)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`, tx.Company(), r.ID, r.Box, r.Method, string(r.Kind.Group()), string(r.Kind), int64(r.Amount), string(r.On),
		r.Party, r.Role, int64(r.Rate), r.ToBox, r.ToMethod, r.Memo, r.Attachment, r.EntryID, r.By, r.At.UnixMicro(), r.BackDated, r.Item, r.FeeOf)
	return err
}

func insertChange(tx *db.Tx, movement, state, reason, entry, by string) error {
	_, err := tx.Exec(`INSERT INTO cash_movement_change (company_id, movement_id, n, state, reason, entry_id, by_user, at)
		VALUES ($1, $2, (SELECT COALESCE(MAX(n), 0) + 1 FROM cash_movement_change WHERE company_id = $1 AND movement_id = $2), $3, $4, $5, $6, $7)`,
		tx.Company(), movement, state, reason, entry, by, tx.Now().UnixMicro())
	return err
}

const movementSelect = `SELECT m.id, m.box_id, m.method_id, CASE WHEN m.type = '' THEN m.kind ELSE m.type END, m.amount, m.on_day, m.party_id, m.role, m.vat_rate, m.to_box, m.to_method, m.memo, m.attachment_id, m.entry_id, m.by_user, m.at, m.back_dated, m.item_id, m.fee_of,
	COALESCE(c.state, ''), COALESCE(c.reason, '')
	FROM cash_movement m LEFT JOIN cash_movement_change c ON c.company_id = m.company_id AND c.movement_id = m.id
		AND c.n = (SELECT MAX(n) FROM cash_movement_change x WHERE x.company_id = m.company_id AND x.movement_id = m.id)
	WHERE m.company_id = $1 `

func scanMovement(r interface{ Scan(...any) error }) (m Recorded, err error) {
	var at, rate int64
	var state string
	err = r.Scan(&m.ID, &m.Box, &m.Method, &m.Kind, &m.Amount, &m.On, &m.Party, &m.Role, &rate, &m.ToBox, &m.ToMethod, &m.Memo, &m.Attachment, &m.EntryID, &m.By, &at, &m.BackDated, &m.Item, &m.FeeOf, &state, &m.Reason)
	m.Rate, m.At, m.Reversed = vat.Rate(rate), time.UnixMicro(at).UTC(), state == "reversed"
	return m, err
}

// MovementByID gives a movement. Fault NotFound.
func MovementByID(q db.Querier, movementID string) (Recorded, error) {
	m, err := scanMovement(q.Row(movementSelect+`AND m.id = $2`, q.Company(), movementID))
	if errors.Is(err, sql.ErrNoRows) {
		return m, fault.New(fault.NotFound, "Cette opération n’existe pas.")
	}
	return m, err
}

// Movements lists what moved in a box over days, transfers received included, in the order it was recorded.
func Movements(q db.Querier, box string, first, last day.Day) ([]Recorded, error) {
	return db.List(q, func(r *sql.Rows) (Recorded, error) { return scanMovement(r) },
		movementSelect+`AND (m.box_id = $2 OR m.to_box = $2) AND m.on_day BETWEEN $3 AND $4 ORDER BY m.on_day, m.at, m.id`, q.Company(), box, string(first), string(last))
}

func insertFile(tx *db.Tx, f File, digest []byte, by string) error {
	_, err := tx.Exec(`INSERT INTO attachment (company_id, id, name, media_type, size, digest, content, by_user, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		tx.Company(), f.ID, f.Name, f.MediaType, int64(len(f.Content)), digest, f.Content, by, tx.Now().UnixMicro())
	return err
}

// FileByID gives an attached file. Fault NotFound.
func FileByID(q db.Querier, fileID string) (File, error) {
	return scanFile(fileID, q.Row(`SELECT name, media_type, content FROM attachment WHERE company_id = $1 AND id = $2`, q.Company(), fileID))
}

// FileOfBox gives a file attached to a movement made or received by a box. Fault NotFound.
func FileOfBox(q db.Querier, box, fileID string) (File, error) {
	return scanFile(fileID, q.Row(`SELECT name, media_type, content FROM attachment WHERE company_id = $1 AND id = $3
		AND EXISTS (SELECT 1 FROM cash_movement m WHERE m.company_id = $1 AND (m.box_id = $2 OR m.to_box = $2) AND m.attachment_id = $3)`, q.Company(), box, fileID))
}

func scanFile(fileID string, r db.Row) (File, error) {
	f := File{ID: fileID}
	err := r.Scan(&f.Name, &f.MediaType, &f.Content)
	if errors.Is(err, sql.ErrNoRows) {
		return f, fault.New(fault.NotFound, "Ce justificatif n’existe pas.")
	}
	return f, err
}
