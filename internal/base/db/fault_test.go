package db_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/test/dbtest"

	"github.com/jackc/pgx/v5/pgconn"
)

// fill is an act that needs room on the disk.
func fill(tx *db.Tx) error {
	_, err := tx.Exec(`INSERT INTO chart_account (company_id, role, code, label) VALUES ($1, 'essai', '1', $2) ON CONFLICT (company_id, role) DO UPDATE SET label = chart_account.label || excluded.label`,
		tx.Company(), strings.Repeat("x", 100_000))
	return err
}

func TestAFullDiskIsSaidAndNothingOfTheGroupIsKept(t *testing.T) {
	d := dbtest.SQLite(t)
	company := dbtest.Company(t, d)
	b := keepBusy(t, d, company)
	var w waiting
	w.send(d, t.Context(), company, add("avant"))
	w.send(d, t.Context(), company, fill)
	w.send(d, t.Context(), company, func(tx *db.Tx) error { // one that would not say what it met
		fill(tx)
		return nil
	})
	w.send(d, t.Context(), company, add("après"))
	b.letGo(t)
	if err := errors.Join(w.all()...); err != nil {
		t.Fatalf("with room: %v", err)
	}
	if err := d.OnWriter(`PRAGMA max_page_count = 1`); err != nil { // no page more than there are
		t.Fatal(err)
	}
	b, w = keepBusy(t, d, company), waiting{}
	w.send(d, t.Context(), company, add("avant"))
	w.send(d, t.Context(), company, func(tx *db.Tx) error { fill(tx); return nil })
	w.send(d, t.Context(), company, add("après"))
	b.letGo(t)
	for i, err := range w.all() {
		if !fault.Is(err, fault.StorageFull) || !strings.Contains(err.Error(), "Le disque est plein") {
			t.Errorf("act %d is told %v", i, err)
		}
	}
	for _, name := range []string{"avant", "après"} { // reading goes on
		if got := last(t, d, company, name); got != 1 {
			t.Errorf("%s counts %d, want 1", name, got)
		}
	}
	write(t, d, company, fill) // the writer opened a connection of its own again, without the limit
}

func TestAStoreThatCannotBeWrittenSaysSo(t *testing.T) {
	d := dbtest.SQLite(t)
	company := dbtest.Company(t, d)
	if err := d.OnWriter(`PRAGMA query_only = 1`); err != nil {
		t.Fatal(err)
	}
	err := d.Write(t.Context(), company, add("essai"))
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "encaisse verify") {
		t.Errorf("told %v", err)
	}
}

func TestWhatTheDatabaseSaysBecomesAFaultPeopleCanActOn(t *testing.T) {
	d := dbtest.Postgres(t)
	wrapped := func(code string) error { return fmt.Errorf("below: %w", &pgconn.PgError{Code: code}) }
	for _, c := range []struct {
		name  string
		err   error
		kind  fault.Kind
		fails string // what is undone with it
	}{
		{"a full disk", wrapped("53100"), fault.StorageFull, "group"},
		{"too many connections", wrapped("53300"), fault.Unavailable, "group"},
		{"a server that stops", wrapped("57P01"), fault.Unavailable, "group"},
		{"a standby", wrapped("25006"), fault.Unavailable, "group"},
		{"a broken disk", wrapped("58030"), fault.Unavailable, "group"},
		{"a lost connection", wrapped("08006"), fault.Unavailable, "group"},
		{"a socket cut", fmt.Errorf("below: %w", &net.OpError{Op: "write", Err: io.ErrClosedPipe}), fault.Unavailable, "group"},
		{"a deadlock", wrapped("40P01"), fault.Unavailable, "again"},
		{"a serialization failure", wrapped("40001"), fault.Unavailable, "again"},
		{"a statement that took too long", wrapped("57014"), fault.Unavailable, "act"},
		{"a constraint", wrapped("23505"), fault.Internal, "act"},
		{"a caller who left", context.Canceled, fault.Internal, "act"},
		{"a caller who waited too long", context.DeadlineExceeded, fault.Internal, "act"},
		{"a rule of ours", fault.New(fault.Locked, "verrouillé"), fault.Locked, "act"},
	} {
		if got := fault.KindOf(d.Translate(c.err)); got != c.kind {
			t.Errorf("%s is told as %s, want %s", c.name, got, c.kind)
		}
		if got := d.Fails(c.err); got != c.fails {
			t.Errorf("%s undoes %s, want %s", c.name, got, c.fails)
		}
		if !errors.Is(d.Translate(c.err), c.err) {
			t.Errorf("%s: the cause is lost for the log", c.name)
		}
	}
}
