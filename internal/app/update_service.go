package app

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// service is a service of the system, "" for none.
type service string

// staysUp is how long a service must run to be held for started.
const staysUp = 4 * time.Second

func (s service) stop(ctx context.Context, p *Program) error {
	if s == "" {
		return nil
	}
	p.say("Stopping the service %s.", s)
	return s.order(ctx, "stop")
}

// start starts the service again, and looks whether it stays up.
func (s service) start(ctx context.Context, p *Program) error {
	if s == "" {
		return nil
	}
	p.say("Starting the service %s.", s)
	if err := s.order(ctx, "start"); err != nil {
		return err
	}
	for until := time.Now().Add(staysUp); time.Now().Before(until); time.Sleep(500 * time.Millisecond) {
		if !s.up(ctx) {
			return fmt.Errorf("the service %s does not stay up", s)
		}
	}
	return nil
}

func (s service) order(ctx context.Context, verb string) error {
	command := exec.CommandContext(ctx, "systemctl", verb, string(s))
	switch runtime.GOOS {
	case "windows":
		command = exec.CommandContext(ctx, "net", verb, string(s)) // unlike sc, it waits
	case "linux":
	default:
		return fmt.Errorf("services of %s are not known: stop it by hand and leave --service out", runtime.GOOS)
	}
	if said, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("the service %s does not %s: %w: %s", s, verb, err, lastWords(string(said)))
	}
	return nil
}

func (s service) up(ctx context.Context) bool {
	if runtime.GOOS == "windows" {
		said, err := exec.CommandContext(ctx, "sc", "query", string(s)).Output()
		return err == nil && strings.Contains(string(said), "RUNNING")
	}
	return exec.CommandContext(ctx, "systemctl", "is-active", "--quiet", string(s)).Run() == nil
}
