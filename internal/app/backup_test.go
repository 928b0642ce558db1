package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/program"
	"encaisse/schema"
)

// demoData is a data folder with a month of three tills, made once.
var demoData = sync.OnceValues(func() (fs.FS, error) {
	folder, err := os.MkdirTemp("", "encaisse-demo-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	if code, said := command("demo", "--data", folder, "--days", "30", "--clients", "0"); code != 0 {
		return nil, fmt.Errorf("demo: %s", said)
	}
	kept := fstest.MapFS{}
	for _, name := range []string{databaseFile, keyFile} {
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return nil, err
		}
		kept[name] = &fstest.MapFile{Data: content, Mode: 0o600}
	}
	return kept, nil
})

// shopData is a data folder of its own with that month.
func shopData(t *testing.T) string {
	t.Helper()
	files, err := demoData()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(folder, files); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{databaseFile, keyFile} {
		if err := os.Chmod(filepath.Join(folder, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// run runs a command that must end well.
func run(t *testing.T, args ...string) string {
	t.Helper()
	code, said := command(args...)
	if code != 0 {
		t.Fatalf("encaisse %s ended with %d:\n%s", strings.Join(args, " "), code, said)
	}
	return said
}

// fails runs a command that must end with 1 and words.
func fails(t *testing.T, words string, args ...string) {
	t.Helper()
	if code, said := command(args...); code != 1 || !strings.Contains(said, words) {
		t.Errorf("encaisse %s ended with %d, want 1 and %q:\n%s", strings.Join(args, " "), code, words, said)
	}
}

// figures are all rows of a store, by table, as text that both databases write alike.
func figuresOf(t *testing.T, data, postgres string) map[string][]string {
	t.Helper()
	p := &Program{Data: data, Postgres: postgres, clock: clock.System{}}
	d, _, err := p.open(t.Context(), false, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	ids, err := companies(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for _, companyID := range append([]string{""}, ids...) {
		err := d.Read(t.Context(), companyID, func(q *db.Snapshot) error {
			for _, table := range schema.Tables() {
				if slices.Contains(db.DirectoryTables(), table) != (companyID == "") {
					continue
				}
				rows, err := textRows(q, table)
				if err != nil {
					return err
				}
				found[table] = append(found[table], rows...)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for table := range found {
		slices.Sort(found[table])
	}
	return found
}

func textRows(q db.Querier, table string) ([]string, error) {
	query, args := `SELECT * FROM `+table, []any{}
	if q.Company() != "" {
		query, args = query+` WHERE company_id = $1`, []any{q.Company()}
	}
	return db.List(q, func(r *sql.Rows) (string, error) {
		columns, err := r.Columns()
		if err != nil {
			return "", err
		}
		values, to := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			to[i] = &values[i]
		}
		err = r.Scan(to...)
		for i, v := range values {
			if truth, is := v.(bool); is {
				values[i] = map[bool]int64{true: 1, false: 0}[truth]
			}
		}
		return fmt.Sprintf("%v", values), err
	}, query, args...)
}

// sameFigures checks that what was restored is what was backed up, and the event that says so in each company.
func sameFigures(t *testing.T, before, after map[string][]string) {
	t.Helper()
	for table, rows := range before {
		switch table {
		case "seal_event", "seal_record":
			if len(after[table]) != len(rows)+len(before["company"]) {
				t.Errorf("%s: %d rows, then %d: want one more a company, of the restore", table, len(rows), len(after[table]))
			}
			for _, row := range rows {
				if _, there := slices.BinarySearch(after[table], row); !there {
					t.Errorf("%s: lost %.200s", table, row)
				}
			}
		case "seal_head": // follows the records, as verify checks
		default:
			if !slices.Equal(rows, after[table]) {
				t.Errorf("%s: %d rows, then %d others", table, len(rows), len(after[table]))
			}
		}
	}
	if len(before["ledger_line"]) < 500 || len(before["attachment"]) == 0 || len(before["app_user"]) == 0 {
		t.Errorf("%d lines, %d attachments, %d people: too few to prove anything", len(before["ledger_line"]), len(before["attachment"]), len(before["app_user"]))
	}
}

// leftIn names what is in a folder, hidden or not.
func leftIn(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestABackupHoldsEverythingAndRestoresIt(t *testing.T) {
	data, file := shopData(t), filepath.Join(t.TempDir(), "copy.tar.gz")
	if said := run(t, "backup", "--data", data, file); !strings.Contains(said, "Written: "+file) || !strings.Contains(said, "it holds the signing keys") {
		t.Errorf("it says %s", said)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy has mode %v, %v", info.Mode(), err)
	}
	if left := leftIn(t, filepath.Dir(file)); len(left) != 1 {
		t.Errorf("beside the copy: %q", left)
	}
	restored := filepath.Join(t.TempDir(), "restored")
	if said := run(t, "restore", "--data", restored, file); !strings.Contains(said, "encaisse verify --data "+restored) {
		t.Errorf("it says %s", said)
	}
	if left := leftIn(t, restored); !slices.Equal(left, []string{databaseFile, keyFile}) {
		t.Errorf("restored: %q", left)
	}
	sameFigures(t, figuresOf(t, data, ""), figuresOf(t, restored, ""))
	run(t, "verify", "--data", restored)
}

func TestABackupNeitherOverwritesNorLeavesAHalfCopy(t *testing.T) {
	data, folder := shopData(t), t.TempDir()
	file := filepath.Join(folder, "copy.tar.gz")
	if err := os.WriteFile(file, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, "exists already", "backup", "--data", data, file)
	if text, err := os.ReadFile(file); err != nil || string(text) != "precious" {
		t.Errorf("the file there holds %q, %v", text, err)
	}
	if err := publish(filepath.Join(data, keyFile), file); err == nil { // one that appeared meanwhile
		t.Error("a file that appeared meanwhile is overwritten")
	}
	fails(t, "no such file", "backup", "--data", data, filepath.Join(folder, "nowhere", "copy.tar.gz"))
	fails(t, "there is no data in", "backup", "--data", filepath.Join(folder, "empty"), filepath.Join(folder, "other.tar.gz"))
	if err := os.Remove(filepath.Join(data, keyFile)); err != nil {
		t.Fatal(err)
	}
	fails(t, "the master key", "backup", "--data", data, filepath.Join(folder, "other.tar.gz"))
	if left := leftIn(t, folder); len(left) != 1 {
		t.Errorf("left behind: %q", left)
	}
}

// R1, inside a backup: killed at any instant, the copy is whole or not there.
func TestABackupKilledIsWholeOrNotThere(t *testing.T) {
	data, folder := shopData(t), t.TempDir()
	path, file := program.Build(t), filepath.Join(folder, "copy.tar.gz")
	backup := func(ctx context.Context) error {
		return exec.CommandContext(ctx, path, "backup", "--data", data, file).Run()
	}
	started := time.Now()
	if err := backup(t.Context()); err != nil {
		t.Fatal(err)
	}
	whole, kills := time.Since(started), 12
	if os.Getenv("CI") != "" {
		kills = 60
	}
	ended := 0
	for n := range kills {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		ctx, kill := context.WithTimeout(t.Context(), whole*time.Duration(n+1)/time.Duration(kills))
		killed := backup(ctx)
		kill()
		if killed == nil && !exists(file) {
			t.Error("a backup that ended well is not there")
		}
		if !exists(file) {
			continue
		}
		ended++
		if _, err := unpack(file, t.TempDir()); err != nil {
			t.Errorf("a copy that has its name: %v", err)
		}
	}
	t.Logf("%d backups killed, %d had ended before", kills, ended)
	last := filepath.Join(folder, "last.tar.gz")
	run(t, "backup", "--data", data, last)
	run(t, "restore", "--data", filepath.Join(t.TempDir(), "restored"), last)
}

// loaded is a served shop that records movements all the time.
type loaded struct {
	shop         benchShop
	server       *program.Server
	mu           sync.Mutex
	acknowledged map[string]bool
	group        sync.WaitGroup
}

// newShop makes a shop with somebody signed in, in a data folder of its own.
func newShop(t *testing.T, data, postgres string) benchShop {
	t.Helper()
	p := &Program{Data: data, Postgres: postgres, clock: clock.System{}}
	d, key, err := p.open(t.Context(), true, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Migrate(t.Context(), schema.Files); err != nil {
		t.Fatal(err)
	}
	h, err := newHouse(houseConfig{db: d, key: key, log: slog.New(slog.DiscardHandler), clock: p.clock, unlimited: true})
	if err != nil {
		t.Fatal(err)
	}
	shop, err := h.openBenchShop(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return shop
}

// loadShop makes a shop, serves it with the real program and records movements until the context ends.
func loadShop(t *testing.T, ctx context.Context, data, postgres string) *loaded {
	t.Helper()
	l := &loaded{shop: newShop(t, data, postgres), acknowledged: map[string]bool{}}
	l.server = program.Serve(t, data, "--metrics", "", "--postgres", postgres)
	for range 3 {
		l.group.Go(func() { l.record(t, ctx) })
	}
	return l
}

func (l *loaded) record(t *testing.T, ctx context.Context) {
	client, err := dial(strings.TrimPrefix(l.server.Address, "http://"))
	if err != nil {
		t.Error(err)
		return
	}
	defer client.conn.Close()
	path := "/d/" + l.shop.ref.Slug + "/caisses/" + l.shop.box.ID + "/operation"
	for ctx.Err() == nil {
		key := id.New()
		form := url.Values{"id": {key}, "kind": {string(cashbox.PaidIn)}, "method": {l.shop.method}, "amount": {"12,34"}, "on": {string(company.Defaults().Today(time.Now()))}}
		if err := client.post(path, l.shop.token, form.Encode()); err != nil {
			t.Error(err)
			return
		}
		l.mu.Lock()
		l.acknowledged[key] = true
		l.mu.Unlock()
		time.Sleep(15 * time.Millisecond) // the limit of requests of one address
	}
}

func (l *loaded) keys() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var keys []string
	for key := range l.acknowledged {
		keys = append(keys, key)
	}
	return keys
}

func TestABackupMadeWhileServingUnderLoadIsOfOneInstant(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { backUpUnderLoad(t, "") })
	t.Run("postgres", func(t *testing.T) { backUpUnderLoad(t, dbtest.NewPostgres(t)) })
}

func backUpUnderLoad(t *testing.T, postgres string) {
	data := filepath.Join(t.TempDir(), "data")
	ctx, stop := context.WithCancel(t.Context())
	l := loadShop(t, ctx, data, postgres)
	defer l.group.Wait()
	defer stop()
	for n := range 3 {
		time.Sleep(300 * time.Millisecond)
		before := l.keys()
		file := filepath.Join(t.TempDir(), "copy.tar.gz")
		program.Run(t, "backup", "--data", data, "--postgres", postgres, file)
		after := len(l.keys()) + 3 // and those under way
		restored := filepath.Join(t.TempDir(), "restored")
		run(t, "restore", "--data", restored, file)
		run(t, "verify", "--data", restored)
		rows := figuresOf(t, restored, "")["cash_movement"]
		if len(rows) < len(before) || len(rows) > after {
			t.Errorf("copy %d holds %d movements; %d were acknowledged before it, %d after", n, len(rows), len(before), after)
		}
		for _, key := range before {
			if !slices.ContainsFunc(rows, func(row string) bool { return strings.Contains(row, key) }) {
				t.Errorf("copy %d lacks a movement acknowledged before it", n)
			}
		}
	}
	stop()
	l.group.Wait()
	if n := len(l.keys()); n < 30 {
		t.Errorf("%d movements only: too few to prove anything", n)
	}
	l.server.Stop()
	run(t, "verify", "--data", data, "--postgres", postgres)
}

// The heads kept apart at the stop show that the database was replaced by an older copy.
func TestAnOlderCopyPutInPlaceOfTheDatabaseIsFound(t *testing.T) {
	data, file := shopData(t), filepath.Join(t.TempDir(), "copy.tar.gz")
	run(t, "backup", "--data", data, file)
	l := program.Serve(t, data, "--metrics", "")
	l.Stop()
	keepMore(t, data)
	run(t, "verify", "--data", data)
	older := t.TempDir()
	if _, err := unpack(file, older); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(older, databaseFile), filepath.Join(data, databaseFile)); err != nil {
		t.Fatal(err)
	}
	fails(t, "older copy", "verify", "--data", data)
}

// keepMore records something in each company and keeps the heads, as a server does at its stop.
func keepMore(t *testing.T, data string) {
	t.Helper()
	p := &Program{Data: data, clock: clock.System{}}
	d, _, err := p.open(t.Context(), true, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	ids, err := companies(t.Context(), d)
	if err != nil || len(ids) == 0 {
		t.Fatal(ids, err)
	}
	for _, companyID := range ids {
		if err := d.Write(t.Context(), companyID, func(tx *db.Tx) error { return seal.LogEvent(tx, seal.Event{Code: seal.DataExported}) }); err != nil {
			t.Fatal(err)
		}
	}
	(&house{db: d, log: slog.New(slog.DiscardHandler)}).keepHeads(t.Context(), seal.NewWitness(p.witnessPath()))
}
