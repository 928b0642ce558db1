package dbtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"sync"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest/postgres"
	"encaisse/internal/test/need"
	"encaisse/schema"
)

// The roles of test databases. Neither is a superuser: one owns the tables, the other only reads and writes rows.
const (
	ownerRole = "encaisse_test_owner"
	appRole   = "encaisse_test_app"
	password  = "encaisse"
)

// lockNumber is the advisory lock under which roles and templates are made.
const lockNumber = 7_305_208

// grants is what the application's role may do in a migrated database.
const grants = `GRANT USAGE ON SCHEMA public TO ` + appRole + `;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ` + appRole + `;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ` + appRole

// cluster is a connection to the server as its superuser.
type cluster struct {
	dsn  *url.URL
	pool *sql.DB
}

// server is the server of this process: the one given by the environment or a private one, which ends with the process.
var server = sync.OnceValues(func() (*cluster, error) {
	dsn := os.Getenv(need.ServerVariable)
	if dsn == "" {
		private, err := postgres.Start()
		if err != nil {
			return nil, err
		}
		dsn = private.DSN
	}
	u, err := url.Parse(dsn)
	if err != nil || u.Scheme != "postgres" {
		return nil, fmt.Errorf("dbtest: %s must be an address like postgres://user:password@host/postgres", need.ServerVariable)
	}
	pool, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	c := &cluster{dsn: u, pool: pool}
	return c, c.locked(c.makeRoles)
})

// template is the database, with the program's schema and no row, that test databases are copied from.
var template = sync.OnceValues(func() (string, error) {
	c, err := server()
	if err != nil {
		return "", err
	}
	digest := sha256.New()
	err = fs.WalkDir(schema.Files, "postgres", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(schema.Files, path)
		fmt.Fprintf(digest, "%s %d\n%s", path, len(text), text)
		return err
	})
	if err != nil {
		return "", err
	}
	name := "encaisse_template_" + hex.EncodeToString(digest.Sum(nil)[:8])
	return name, c.locked(func(ctx context.Context, on *sql.Conn) error { return c.makeTemplate(ctx, on, name) })
})

// migratedPostgres is a new database with the schema, to be opened as the role that owns nothing.
func migratedPostgres(t testing.TB) store {
	t.Helper()
	need.Postgres(t)
	from, err := template()
	if err != nil {
		t.Fatal(err)
	}
	return newDatabase(t, from, appRole)
}

// emptyPostgres is a new database without any table, to be opened as its owner.
func emptyPostgres(t testing.TB) store {
	t.Helper()
	need.Postgres(t)
	return newDatabase(t, "template0", ownerRole)
}

// newDatabase copies a template for the time of a test.
func newDatabase(t testing.TB, from, role string) store {
	t.Helper()
	c, err := server()
	if err != nil {
		t.Fatal(err)
	}
	random := make([]byte, 8)
	rand.Read(random)
	name := "encaisse_test_" + hex.EncodeToString(random)
	if _, err := c.pool.Exec("CREATE DATABASE " + name + " TEMPLATE " + from + " OWNER " + ownerRole); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := c.pool.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return store{config: db.Config{Postgres: c.address(name, role)}, admin: c.address(name, "")}
}

// address is the DSN to a database, for a role or for the superuser.
func (c *cluster) address(database, role string) string {
	u := *c.dsn
	u.Path = "/" + database
	if role != "" {
		u.User = url.UserPassword(role, password)
	}
	return u.String()
}

// locked runs fn on one connection while no other test process makes roles or templates on the same server.
func (c *cluster) locked(fn func(context.Context, *sql.Conn) error) error {
	ctx := context.Background()
	on, err := c.pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer on.Close()
	if _, err := on.ExecContext(ctx, "SELECT pg_advisory_lock($1)", lockNumber); err != nil {
		return err
	}
	failed := fn(ctx, on)
	if _, err := on.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", lockNumber); err != nil && failed == nil {
		return err
	}
	return failed
}

// makeRoles makes the two roles where they are missing.
func (c *cluster) makeRoles(ctx context.Context, on *sql.Conn) error {
	for _, role := range []string{ownerRole, appRole} {
		var there bool
		if err := on.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1)", role).Scan(&there); err != nil {
			return err
		}
		if there {
			continue
		}
		if _, err := on.ExecContext(ctx, "CREATE ROLE "+role+" LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '"+password+"'"); err != nil {
			return err
		}
	}
	return nil
}

// makeTemplate makes the migrated database under a passing name first, so that a killed run leaves no half-made template.
func (c *cluster) makeTemplate(ctx context.Context, on *sql.Conn, name string) error {
	var there bool
	if err := on.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", name).Scan(&there); err != nil || there {
		return err
	}
	draft := name + "_draft"
	for _, statement := range []string{
		"DROP DATABASE IF EXISTS " + draft + " WITH (FORCE)",
		"CREATE DATABASE " + draft + " TEMPLATE template0 OWNER " + ownerRole,
	} {
		if _, err := on.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if err := c.migrate(ctx, draft); err != nil {
		return err
	}
	_, err := on.ExecContext(ctx, "ALTER DATABASE "+draft+" RENAME TO "+name)
	return err
}

// migrate brings a new database to the program's schema as its owner and lets the application's role in.
func (c *cluster) migrate(ctx context.Context, database string) error {
	d, err := db.Open(ctx, db.Config{Postgres: c.address(database, ownerRole)})
	if err != nil {
		return err
	}
	if _, err := d.Migrate(ctx, schema.Files); err != nil {
		d.Close()
		return err
	}
	if err := d.Close(); err != nil {
		return err
	}
	owner, err := sql.Open("pgx", c.address(database, ownerRole))
	if err != nil {
		return err
	}
	defer owner.Close()
	_, err = owner.ExecContext(ctx, grants)
	return err
}
