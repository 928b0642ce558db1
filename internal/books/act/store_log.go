package act

import (
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
)

// Filter says which lines to read.
type Filter struct {
	Words       string    // all must be found in what was done
	By          string    // a person; "" is everybody
	Kind        string    // "" is all
	From, Until time.Time // Until is not included; zero is no bound
	After       Place     // the lines older than that; the zero Place is before all
	Limit       int       // 0 is all
}

func (f Filter) where(company string) (string, []any) {
	where, args := `activity.company_id = $1`, []any{company}
	add := func(condition string, value any) {
		args = append(args, value)
		where += ` AND ` + strings.ReplaceAll(condition, "?", "$"+strconv.Itoa(len(args)))
	}
	if f.By != "" {
		add(`by_user = ?`, f.By)
	}
	if f.Kind != "" {
		add(`kind = ?`, f.Kind)
	}
	if f.After.ID != "" {
		args = append(args, f.After.At.UnixMicro(), f.After.ID)
		where += ` AND (at, activity.id) < ($` + strconv.Itoa(len(args)-1) + `, $` + strconv.Itoa(len(args)) + `)`
	}
	if !f.From.IsZero() {
		add(`at >= ?`, f.From.UnixMicro())
	}
	if !f.Until.IsZero() {
		add(`at < ?`, f.Until.UnixMicro())
	}
	for _, word := range strings.Fields(locale.Fold(f.Words)) {
		add(`search_key LIKE ? ESCAPE '!'`, "%"+strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(word)+"%")
	}
	return where, args
}

// Place is where a line stands in the log, to go on after it.
type Place struct {
	At time.Time
	ID string
}

// Place is that of the line.
func (l Line) Place() Place { return Place{l.At, l.ID} }

// Lines reads the activity log, the newest first, and says whether others follow. It counts nothing: a page costs the same whatever stands
// before it.
func Lines(q db.Querier, f Filter) (list []Line, more bool, err error) {
	where, args := f.where(q.Company())
	query := `SELECT activity.id, at, by_user, kind, label, subject, COALESCE(address, '') FROM activity
		LEFT JOIN activity_origin ON activity_origin.company_id = $1 AND activity_origin.id = origin_id WHERE ` + where + ` ORDER BY at DESC, activity.id DESC`
	if f.Limit > 0 {
		query += ` LIMIT $` + strconv.Itoa(len(args)+1)
		args = append(args, f.Limit+1)
	}
	list, err = db.List(q, func(r *sql.Rows) (l Line, err error) {
		var at int64
		err = r.Scan(&l.ID, &at, &l.By, &l.Kind, &l.Label, &l.Subject, &l.From)
		l.At = time.UnixMicro(at).UTC()
		return l, err
	}, query, args...)
	if f.Limit > 0 && len(list) > f.Limit {
		list, more = list[:f.Limit], true
	}
	return list, more, err
}

// unwritten are the lines of the acts committed together.
type unwritten struct{ rows [][]any }

func unwrittenOf(tx *db.Tx) *unwritten {
	return db.Held(tx, "activity", func() *unwritten { return &unwritten{} })
}

// Tables implements db.Pending.
func (u *unwritten) Tables() []string { return []string{"activity"} }

// Clone implements db.Pending.
func (u *unwritten) Clone() db.Pending { return &unwritten{slices.Clone(u.rows)} }

// Flush implements db.Pending. A line that is there already is that of the same request.
func (u *unwritten) Flush(tx *db.Tx) error {
	rows := u.rows
	u.rows = nil
	return tx.InsertMissing(`activity`, `id, at, by_user, kind, label, search_key, subject, origin_id`, rows)
}

func insertLine(tx *db.Tx, l Line, search, origin string) {
	u := unwrittenOf(tx)
	u.rows = append(u.rows, []any{l.ID, l.At.UnixMicro(), l.By, l.Kind, l.Label, search, l.Subject, origin})
}

func insertOrigin(tx *db.Tx, origin, address string) error {
	_, err := tx.Exec(`INSERT INTO activity_origin (company_id, id, address, seen_at) VALUES ($1, $2, $3, $4) ON CONFLICT (company_id, id) DO NOTHING`,
		tx.Company(), origin, address, tx.Now().UnixMicro())
	return err
}

// OldOrigins tells whether there are addresses to forget.
func OldOrigins(q db.Querier) (bool, error) {
	var n int
	err := q.Row(`SELECT COUNT(*) FROM activity_origin WHERE company_id = $1 AND seen_at < $2`, q.Company(), q.Now().Add(-OriginKept).UnixMicro()).Scan(&n)
	return n > 0, err
}

// ForgetOrigins forgets the addresses seen too long ago.
func ForgetOrigins(tx *db.Tx) error {
	_, err := tx.Exec(`DELETE FROM activity_origin WHERE company_id = $1 AND seen_at < $2`, tx.Company(), tx.Now().Add(-OriginKept).UnixMicro())
	return err
}
