package assistant

import (
	"database/sql"
	"errors"
	"time"

	"encaisse/internal/base/db"
)

// LoadProgress reads how far a company went; one that never began is at the first step.
func LoadProgress(q db.Querier) (Progress, error) {
	p := Progress{Step: stepIdentity}
	var ended int64
	err := q.Row(`SELECT step, trade, done, ended_at FROM setup_progress WHERE company_id = $1`, q.Company()).Scan(&p.Step, &p.Trade, &p.Done, &ended)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	if ended != 0 {
		p.EndedAt = time.UnixMicro(ended).UTC()
	}
	return p, err
}

func putProgress(tx *db.Tx, p Progress) error {
	var ended int64
	if p.Ended() {
		ended = p.EndedAt.UnixMicro()
	}
	_, err := tx.Exec(`INSERT INTO setup_progress (company_id, step, trade, done, ended_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (company_id) DO UPDATE SET step = excluded.step, trade = excluded.trade, done = excluded.done, ended_at = excluded.ended_at`,
		tx.Company(), p.Step, p.Trade, p.Done, ended)
	return err
}
