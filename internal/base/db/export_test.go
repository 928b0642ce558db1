package db

import (
	"context"
	"database/sql"
)

// What the tests of this package see of its inside.
var (
	VersionAtLeast = versionAtLeast
	OldestSQLite   = oldestSQLite
)

// The limits of a group and of its queue.
const (
	MaxGroup   = maxGroup
	MaxWaiting = maxWaiting
	MaxTries   = maxTries
)

// Translate is what the caller of Write is told.
func (d *DB) Translate(err error) error { return d.translate(err) }

// Fails tells what an error does to the acts committed with the one that met it: "act", "again" or "group".
func (d *DB) Fails(err error) string {
	return map[fate]string{actFails: "act", groupAgain: "again", groupFails: "group"}[d.engine.classify(err)]
}

// BindsByNumber asks a pool whether $1 and $2 bind by number.
func BindsByNumber(pool *sql.DB) error {
	return (&DB{readers: pool}).checkBinding(context.Background())
}

// OnWriter runs a statement on the writing connection, where no act is under way. There must have been one.
func (d *DB) OnWriter(statement string) error {
	_, err := d.writers[0].conn.ExecContext(context.Background(), statement)
	return err
}

// Writing and Reading are the pools under the handles.
func (d *DB) Writing() *sql.DB { return d.writers[0].pool }

// Reading is the pool of the snapshots.
func (d *DB) Reading() *sql.DB { return d.readers }

// Waiting is how many acts stand in the queue of a company’s writer.
func (d *DB) Waiting(company string) int {
	return len(d.writers[shard(company, len(d.writers))].queue)
}
