package question

import (
	"database/sql"
	"errors"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
)

func insertQuestion(tx *db.Tx, x Question) error {
	_, err := tx.Exec(`INSERT INTO question (company_id, id, box_id, on_day, entry_id, about, by_user, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.Company(), x.ID, x.Box, string(x.On), x.Entry, x.About, x.By, tx.Now().UnixMicro())
	return err
}

func insertMessage(tx *db.Tx, questionID string, position int, m Message) error {
	_, err := tx.Exec(`INSERT INTO question_message (company_id, question_id, position, kind, body, attachment_id, by_user, by_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		tx.Company(), questionID, int64(position), string(m.Kind), m.Text, m.Attachment, m.By, m.ByName, tx.Now().UnixMicro())
	return err
}

// The last message of a thread says where it stands, the first what was asked.
const questionSelect = `SELECT q.id, q.box_id, q.on_day, q.entry_id, q.about, q.by_user, q.created_at, f.body, l.kind FROM question q
	JOIN question_message f ON f.company_id = q.company_id AND f.question_id = q.id AND f.position = 0
	JOIN question_message l ON l.company_id = q.company_id AND l.question_id = q.id
		AND l.position = (SELECT MAX(m.position) FROM question_message m WHERE m.company_id = q.company_id AND m.question_id = q.id)
	WHERE q.company_id = $1 `

func scanQuestion(scan func(...any) error) (x Question, err error) {
	var at int64
	err = scan(&x.ID, &x.Box, &x.On, &x.Entry, &x.About, &x.By, &at, &x.First, &x.State)
	x.At = time.UnixMicro(at).UTC()
	return x, err
}

func listed(r *sql.Rows) (Question, error) { return scanQuestion(r.Scan) }

// ByID finds a thread. Fault NotFound.
func ByID(q db.Querier, questionID string) (Question, error) {
	x, err := scanQuestion(q.Row(questionSelect+`AND q.id = $2`, q.Company(), questionID).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = noQuestion()
	}
	return x, err
}

// Open lists the threads that are not closed, the oldest first.
func Open(q db.Querier) ([]Question, error) {
	return db.List(q, listed, questionSelect+`AND l.kind <> 'close' ORDER BY q.created_at, q.id`, q.Company())
}

// OfDay lists the threads about a day of a box.
func OfDay(q db.Querier, box string, on day.Day) ([]Question, error) {
	return db.List(q, listed, questionSelect+`AND q.box_id = $2 AND q.on_day = $3 ORDER BY q.created_at, q.id`, q.Company(), box, string(on))
}

// closedAfter lists threads that are closed, the newest first, after another; the zero Question is before all.
func closedAfter(q db.Querier, last Question, limit int) ([]Question, error) {
	at := int64(1<<63 - 1)
	if last.ID != "" {
		at = last.At.UnixMicro()
	}
	return db.List(q, listed, questionSelect+`AND l.kind = 'close' AND (q.created_at < $2 OR q.created_at = $2 AND q.id < $3) ORDER BY q.created_at DESC, q.id DESC LIMIT $4`,
		q.Company(), at, last.ID, int64(limit))
}

// Messages are those of a thread, in the order they were said.
func Messages(q db.Querier, questionID string) ([]Message, error) {
	return db.List(q, func(r *sql.Rows) (m Message, err error) {
		var at int64
		err = r.Scan(&m.Kind, &m.Text, &m.Attachment, &m.By, &m.ByName, &at)
		m.At = time.UnixMicro(at).UTC()
		return m, err
	}, `SELECT kind, body, attachment_id, by_user, by_name, at FROM question_message WHERE company_id = $1 AND question_id = $2 ORDER BY position`, q.Company(), questionID)
}

// recount counts the open threads of the company for those who look after many.
func recount(tx *db.Tx) error {
	c, err := countOpen(tx)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO question_count (company_id, waiting, answered) VALUES ($1, $2, $3)
		ON CONFLICT (company_id) DO UPDATE SET waiting = excluded.waiting, answered = excluded.answered`, tx.Company(), int64(c.Waiting), int64(c.Answered))
	return err
}

// countOpen counts the open threads of the handle's company.
func countOpen(q db.Querier) (c Count, err error) {
	open, err := Open(q)
	for _, x := range open {
		c.add(x.State)
	}
	return c, err
}

// countKept is what was counted before.
func countKept(q db.Querier) (c Count, err error) {
	err = q.Row(`SELECT waiting, answered FROM question_count WHERE company_id = $1`, q.Company()).Scan(&c.Waiting, &c.Answered)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return c, err
}

// Count is how many threads of a company are open.
type Count struct {
	Waiting  int // for an answer
	Answered int // to be read and closed by who asked
}

// Open is both together.
func (c Count) Open() int { return c.Waiting + c.Answered }

func (c *Count) add(s State) {
	switch s {
	case Waiting:
		c.Waiting++
	case Answered:
		c.Answered++
	}
}

// Counts gives, by company, how many threads are open; a company that has none may be absent.
func Counts(q db.Querier) (map[string]Count, error) {
	counts := map[string]Count{}
	err := db.Each(q, func(r *sql.Rows) error {
		var companyID string
		var c Count
		err := r.Scan(&companyID, &c.Waiting, &c.Answered)
		counts[companyID] = c
		return err
	}, `SELECT company_id, waiting, answered FROM question_count WHERE waiting + answered > 0`)
	return counts, err
}
