//go:build unix

// Package postgres runs a private PostgreSQL server for tests: in memory where the machine allows it, behind a socket only
// its owner can reach, with every durability setting on. The server and its files disappear with the process that started
// it, however that process ends.
package postgres

import (
	"bufio"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// keeper is the shell script that makes, starts, keeps and removes one server.
//
//go:embed keeper.sh
var keeper string

// Server is a running server.
type Server struct {
	DSN  string // of its superuser, to the database postgres
	hold io.Closer
	done chan error
}

// Start makes a new, empty server and waits until it answers.
func Start() (*Server, error) {
	programs, err := Find()
	if err != nil {
		return nil, err
	}
	owner, err := account()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp(ground(), "encaisse-pg-")
	if err != nil {
		return nil, err
	}
	command := exec.Command("/bin/sh", "-c", keeper, "keeper", programs, folder)
	command.Dir = folder
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: owner}
	if owner != nil {
		if err := os.Chown(folder, int(owner.Uid), int(owner.Gid)); err != nil {
			return nil, errors.Join(err, os.Remove(folder))
		}
	}
	hold, err := command.StdinPipe()
	if err != nil {
		return nil, errors.Join(err, os.Remove(folder))
	}
	said, err := command.StdoutPipe()
	if err != nil {
		return nil, errors.Join(err, os.Remove(folder))
	}
	if err := command.Start(); err != nil {
		return nil, errors.Join(err, os.Remove(folder))
	}
	if err := ready(said); err != nil {
		return nil, errors.Join(err, command.Wait())
	}
	server := &Server{DSN: "postgres://postgres@/postgres?host=" + url.QueryEscape(folder), hold: hold, done: make(chan error, 1)}
	go func() { server.done <- command.Wait() }()
	return server, nil
}

// Stop ends the server and removes its files.
func (s *Server) Stop() error {
	if err := s.hold.Close(); err != nil {
		return err
	}
	select {
	case err := <-s.done:
		return err
	case <-time.After(20 * time.Second):
		return errors.New("postgres: the server did not stop within 20 s")
	}
}

// ready reads what the keeper says until the server answers.
func ready(said io.Reader) error {
	var heard strings.Builder
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if lines.Text() == "ready" {
			return nil
		}
		heard.WriteString(lines.Text() + "\n")
	}
	return fmt.Errorf("postgres: the server did not start:\n%s", heard.String())
}

// account is the user the server runs as: PostgreSQL refuses root, so root lends it to the user postgres.
func account() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("postgres: run as root, a user postgres is needed to start a server: %w", err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

// ground is where the server's files go: in memory when there is room, else among the temporary files.
func ground() string {
	const memory, enough = "/dev/shm", 1 << 30
	var s syscall.Statfs_t
	if err := syscall.Statfs(memory, &s); err == nil && int64(s.Bavail)*int64(s.Bsize) > enough && syscall.Access(memory, 2) == nil {
		return memory
	}
	return os.TempDir()
}

// Find gives the folder that holds initdb, pg_ctl and postgres: the first of the PATH, else the newest of the usual places.
func Find() (string, error) {
	for _, folder := range filepath.SplitList(os.Getenv("PATH")) {
		if whole(folder) {
			return folder, nil
		}
	}
	var found []string
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin"} {
		folders, err := filepath.Glob(pattern)
		if err != nil {
			return "", err
		}
		for _, folder := range folders {
			if whole(folder) {
				found = append(found, folder)
			}
		}
	}
	if len(found) == 0 {
		return "", errors.New("postgres: initdb, pg_ctl and postgres are not installed")
	}
	sort.Slice(found, func(i, j int) bool { return version(found[i]) > version(found[j]) })
	return found[0], nil
}

// whole tells whether a folder holds the three programs.
func whole(folder string) bool {
	for _, program := range []string{"initdb", "pg_ctl", "postgres"} {
		if info, err := os.Stat(filepath.Join(folder, program)); err != nil || info.IsDir() {
			return false
		}
	}
	return folder != ""
}

// version is the number in a folder's name: 15 for /usr/lib/postgresql/15/bin.
func version(folder string) int {
	number := 0
	for _, r := range folder {
		if r >= '0' && r <= '9' {
			number = number*10 + int(r-'0')
		}
	}
	return number
}
