//go:build unix

package postgres_test

import (
	"bufio"
	"context"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"encaisse/internal/test/dbtest/postgres"
	"encaisse/internal/test/need"
)

// asChild tells the test binary to start a server and wait to be killed.
const asChild = "ENCAISSE_TEST_AS_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(asChild) != "" {
		server, err := postgres.Start()
		if err != nil {
			os.Stdout.WriteString(err.Error() + "\n")
			os.Exit(1)
		}
		os.Stdout.WriteString(server.DSN + "\n")
		select {}
	}
	os.Exit(m.Run())
}

// folder is where a server keeps its files.
func folder(t *testing.T, dsn string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query().Get("host")
}

// gone waits until a folder has disappeared.
func gone(t *testing.T, folder string) {
	t.Helper()
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(folder); os.IsNotExist(err) {
			return
		}
	}
	t.Errorf("%s is still there", folder)
}

func TestAPrivateServerIsDurableAndLeavesNothingBehind(t *testing.T) {
	need.PostgresPrograms(t)
	server, err := postgres.Start()
	if err != nil {
		t.Fatal(err)
	}
	connection, err := pgx.Connect(context.Background(), server.DSN)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"fsync", "full_page_writes", "synchronous_commit"} {
		var value string
		if err := connection.QueryRow(context.Background(), "SHOW "+name).Scan(&value); err != nil || value != "on" {
			t.Errorf("%s = %q, %v", name, value, err)
		}
	}
	if err := connection.Close(context.Background()); err != nil {
		t.Error(err)
	}
	if err := server.Stop(); err != nil {
		t.Error(err)
	}
	gone(t, folder(t, server.DSN))
}

func TestAServerEndsWithTheProcessThatStartedItEvenKilled(t *testing.T) {
	need.PostgresPrograms(t)
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), asChild+"=1")
	said, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(line, "postgres://") {
		t.Fatal(line)
	}
	where := folder(t, strings.TrimSpace(line))
	if _, err := os.Stat(where); err != nil {
		t.Fatal(err)
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := child.Wait(); err == nil {
		t.Error("the child ended by itself")
	}
	gone(t, where)
}
