// Command cluster runs another command with one private PostgreSQL server for all the tests it starts:
//
//	go run ./internal/test/dbtest/cluster go test ./...
//
// The server's DSN is given in ENCAISSE_TEST_POSTGRES, unless that is set already. Where PostgreSQL is not installed, the
// command runs without it and the tests say so themselves. The exit status is that of the command.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"encaisse/internal/test/dbtest/postgres"
	"encaisse/internal/test/need"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: cluster COMMAND [ARGUMENT…]")
		os.Exit(2)
	}
	status, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(2)
	}
	os.Exit(status)
}

// run starts the server, runs the command to its end and stops the server.
func run(arguments []string) (int, error) {
	command := exec.Command(arguments[0], arguments[1:]...)
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	if os.Getenv(need.ServerVariable) == "" {
		server, err := start()
		if err != nil {
			return 0, err
		}
		if server != nil {
			command.Env = append(os.Environ(), need.ServerVariable+"="+server.DSN)
			defer server.Stop()
		}
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	if err := command.Start(); err != nil {
		return 0, err
	}
	go func() {
		for s := range signals {
			command.Process.Signal(s)
		}
	}()
	err := command.Wait()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		return 0, err
	}
	if code := command.ProcessState.ExitCode(); code >= 0 {
		return code, nil
	}
	return 1, nil // ended by a signal
}

// start gives a server, or nil where PostgreSQL is not installed.
func start() (*postgres.Server, error) {
	if _, err := postgres.Find(); err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		return nil, nil
	}
	return postgres.Start()
}
