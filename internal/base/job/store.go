package job

import (
	"database/sql"
	"errors"
	"time"

	"encaisse/internal/base/db"
)

const columns = `id, kind, company_id, payload, state, run_at, tries, fault, created_at, ended_at`

func scan(read func(...any) error) (Job, error) {
	var j Job
	var run, created int64
	var ended sql.NullInt64
	err := read(&j.ID, &j.Kind, &j.Company, &j.Payload, &j.State, &run, &j.Tries, &j.Fault, &created, &ended)
	j.RunAt, j.CreatedAt = time.UnixMicro(run).UTC(), time.UnixMicro(created).UTC()
	if ended.Valid {
		j.EndedAt = time.UnixMicro(ended.Int64).UTC()
	}
	return j, err
}

func insert(tx *db.Tx, j Job) error {
	_, err := tx.Exec(`INSERT INTO job (id, kind, company_id, payload, state, run_at, created_at) VALUES ($1, $2, $3, $4, 'waiting', $5, $6)`,
		j.ID, j.Kind, j.Company, j.Payload, j.RunAt.UnixMicro(), j.CreatedAt.UnixMicro())
	return err
}

func isDue(q db.Querier) (bool, error) {
	var n int
	err := q.Row(`SELECT COUNT(*) FROM (SELECT id FROM job WHERE state IN ('waiting', 'running') AND run_at <= $1 LIMIT 1) AS due`, q.Now().UnixMicro()).Scan(&n)
	return n > 0, err
}

// claimOne marks the job due for longest as running until the lease ends. The time is checked on the row itself once more, so
// that of two runners who chose the same job only one has it.
func claimOne(tx *db.Tx, until time.Time) (Job, bool, error) {
	j, err := scan(tx.Row(`UPDATE job SET state = 'running', run_at = $2, tries = tries + 1
		WHERE id = (SELECT id FROM job WHERE state IN ('waiting', 'running') AND run_at <= $1 ORDER BY run_at, id LIMIT 1)
		AND state IN ('waiting', 'running') AND run_at <= $1
		RETURNING `+columns, tx.Now().UnixMicro(), until.UnixMicro()).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return Job{}, false, nil
	}
	return j, err == nil, err
}

// save notes what became of a job, unless its lease was lost.
func save(tx *db.Tx, before, after Job) error {
	ended := sql.NullInt64{Int64: after.EndedAt.UnixMicro(), Valid: !after.EndedAt.IsZero()}
	_, err := tx.Exec(`UPDATE job SET state = $3, payload = $4, fault = $5, run_at = $6, ended_at = $7 WHERE id = $1 AND tries = $2 AND state = 'running'`,
		before.ID, before.Tries, string(after.State), after.Payload, after.Fault, after.RunAt.UnixMicro(), ended)
	return err
}

func unfinished(q db.Querier, company string, limit int) ([]Job, error) {
	return db.List(q, func(rows *sql.Rows) (Job, error) { return scan(rows.Scan) },
		`SELECT `+columns+` FROM job WHERE company_id = $1 AND state <> 'done' ORDER BY created_at DESC, id DESC LIMIT $2`, company, limit)
}

func revive(tx *db.Tx, company, id string) (bool, error) {
	n, err := tx.Exec(`UPDATE job SET state = 'waiting', tries = 0, run_at = $3, ended_at = NULL WHERE company_id = $1 AND id = $2 AND state = 'dead'`,
		company, id, tx.Now().UnixMicro())
	return n == 1, err
}

func remove(tx *db.Tx, company, id string) (bool, error) {
	n, err := tx.Exec(`DELETE FROM job WHERE company_id = $1 AND id = $2 AND state = 'dead'`, company, id)
	return n == 1, err
}

// forget drops the jobs done long ago.
func forget(tx *db.Tx) error {
	_, err := tx.Exec(`DELETE FROM job WHERE state = 'done' AND ended_at < $1`, tx.Now().Add(-memory).UnixMicro())
	return err
}
