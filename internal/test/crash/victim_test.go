package crash

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/books/act"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/seal"
	"encaisse/schema"
)

// role is the variable that tells this binary to be a victim instead of a test.
const role = "ENCAISSE_CRASH_ROLE"

// roles are what this binary can be.
var roles = map[string]func(arguments []string) error{
	"post":    postKeys,
	"control": controlKeys,
	"migrate": migrate,
	"trade":   closeDays,
	"mount":   mount,
}

func TestMain(m *testing.M) {
	if be := os.Getenv(role); be != "" {
		if err := roles[be](os.Args[1:]); err != nil {
			fmt.Println("fault", err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const (
	companyID   = "0192f0c1-0000-7000-8000-000000000001"
	cash        = "box/1/cash"
	sale        = "sale/1/bread"
	businessDay = day.Day("2026-11-20")
)

// open opens the store in a folder as the program does, with its master key beside it.
func open(folder string) (*db.DB, error) {
	key, err := seal.ReadOrMakeMasterKey(filepath.Join(folder, "master.key"))
	if err != nil {
		return nil, err
	}
	seal.UseVault(key)
	return db.Open(context.Background(), db.Config{SQLite: filepath.Join(folder, "encaisse.db"), Serve: true})
}

// prepare makes a store with one company and its two accounts.
func prepare(t *testing.T, folder string) {
	t.Helper()
	d, err := open(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	ctx := context.Background()
	if _, err := d.Migrate(ctx, schema.Files); err != nil {
		t.Fatal(err)
	}
	err = d.Write(ctx, companyID, func(tx *db.Tx) error {
		if _, err := tx.Exec(`INSERT INTO company (id, slug, name, created_at) VALUES ($1, 'essais', 'Essais', $2)`, companyID, tx.Now().UnixMicro()); err != nil {
			return err
		}
		if err := seal.OpenRegister(tx, seal.Office, seal.Office, "Arrière-boutique"); err != nil {
			return err
		}
		return ledger.Open(tx, ledger.Account{Key: cash, Code: "530", Label: "Caisse", Sense: ledger.Debit}, ledger.Account{Key: sale, Code: "707", Label: "Ventes", Sense: ledger.Credit})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// post posts one entry under a key; sent twice, it counts once.
func post(ctx context.Context, d *db.DB, key string) error {
	return d.Write(ctx, companyID, func(tx *db.Tx) error {
		return act.Once(tx, key, "crash", key, func() error {
			_, err := ledger.Post(tx, ledger.Entry{On: businessDay, Kind: "crash", Source: "crash:" + key, By: "victim",
				Lines: []ledger.Line{{Account: cash, Amount: 1234}, {Account: sale, Amount: -1234}}})
			return err
		})
	})
}

// postKeys is the victim: it reads keys on its input and says "ok KEY" once each is durable. Sixteen at a time wait for the writer, so
// that it commits in groups.
func postKeys(arguments []string) error {
	d, err := open(arguments[0])
	if err != nil {
		return err
	}
	fmt.Println("ready")
	return answerKeys(func(key string) error { return post(context.Background(), d, key) })
}

func answerKeys(do func(key string) error) error {
	keys := make(chan string)
	var workers sync.WaitGroup
	var out sync.Mutex
	for range 16 {
		workers.Go(func() {
			for key := range keys {
				err := do(key)
				out.Lock()
				if err == nil {
					fmt.Println("ok", key)
				} else {
					fmt.Println("refused", key, err)
				}
				out.Unlock()
			}
		})
	}
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		keys <- in.Text()
	}
	close(keys)
	workers.Wait()
	return in.Err()
}

// migrate is the victim of a migration: it brings an empty store up to date, pausing nowhere, and says "done".
func migrate(arguments []string) error {
	d, err := open(arguments[0])
	if err != nil {
		return err
	}
	fmt.Println("ready")
	if _, err := d.Migrate(context.Background(), schema.Files); err != nil {
		return err
	}
	fmt.Println("done")
	return d.Close()
}

// walk checks every invariant of the store in a folder, that each key acknowledged stands once, and how many stand in all.
func walk(folder string, acknowledged map[string]bool) (stored int, err error) {
	d, err := open(folder)
	if err != nil {
		return 0, err
	}
	defer d.Close()
	if err := d.Integrity(context.Background()); err != nil {
		return 0, err
	}
	err = d.Read(context.Background(), companyID, func(q *db.Snapshot) error {
		counts, err := ledger.Verify(q)
		if err != nil {
			return err
		}
		stored = counts.Entries
		if _, err := seal.Verify(q, map[string]seal.Source{"entry": {Content: ledger.Content, Each: ledger.EachID}}, nil); err != nil {
			return err
		}
		return check(q, acknowledged)
	})
	return stored, err
}

// check tells whether every key acknowledged stands, and none twice.
func check(q db.Querier, acknowledged map[string]bool) error {
	stands := map[string]int{}
	if err := each(q, companyID, "crash:", func(key string) { stands[key]++ }); err != nil {
		return err
	}
	for key, times := range stands {
		if times > 1 {
			return fmt.Errorf("%s stands %d times", key, times)
		}
	}
	for key := range acknowledged {
		if stands[key] == 0 {
			return fmt.Errorf("%s was acknowledged and is lost", key)
		}
	}
	return nil
}

// each calls fn with the key of every entry of a company that comes from a kind of source.
func each(q db.Querier, company, kind string, fn func(key string)) error {
	return db.Each(q, func(r *sql.Rows) error {
		var source string
		err := r.Scan(&source)
		if key, is := strings.CutPrefix(source, kind); is {
			fn(key)
		}
		return err
	}, `SELECT source FROM ledger_entry WHERE company_id = $1`, company)
}

// rounds is how many rounds to run: all of them in CI, so many times as many as ENCAISSE_CRASH_TIMES says, a tenth elsewhere.
func rounds(all int) int {
	if times, err := strconv.Atoi(os.Getenv("ENCAISSE_CRASH_TIMES")); err == nil && times > 0 {
		return all * times
	}
	if os.Getenv("CI") != "" {
		return all
	}
	return max(1, all/10)
}
