package app

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"
)

// startWithin is how long a program may take to serve, stopWithin to end.
const startWithin, stopWithin = 2 * time.Minute, 20 * time.Second

// candidate is another version of the program, to be tried.
type candidate struct {
	path, version string
}

// bare is the environment without the settings of the program.
func bare() []string {
	var list []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "ENCAISSE_") {
			list = append(list, variable)
		}
	}
	return list
}

// run runs a command of the candidate to its end; what it said is in the error.
func (c candidate) run(ctx context.Context, environment []string, args ...string) (string, error) {
	var said bytes.Buffer
	command := exec.CommandContext(ctx, c.path, args...)
	command.Env, command.Stdout, command.Stderr = environment, &said, &said
	if err := command.Run(); err != nil {
		return said.String(), fmt.Errorf("« %s » ended with %w: %s", args[0], err, lastWords(said.String()))
	}
	return said.String(), nil
}

// lastWords is the end of what a program said.
func lastWords(said string) string {
	said = strings.TrimSpace(said)
	if len(said) > 500 {
		said = "…" + said[len(said)-500:]
	}
	return said
}

// tryOnCopy restores a backup aside with the candidate, which brings it up to date, walks every invariant and serves it. Nothing it does
// there reaches anybody.
func (c candidate) tryOnCopy(ctx context.Context, backup, data string) error {
	said, err := c.run(ctx, bare(), "version")
	if err != nil {
		return err
	}
	if !strings.Contains(" "+said, " "+c.version+" ") && !strings.Contains(said, " v"+c.version+" ") {
		return fmt.Errorf("it says it is another version: %s", lastWords(said))
	}
	there := []string{"--data", data, "--postgres=", "--key-file", filepath.Join(data, keyFile)}
	if _, err := c.run(ctx, bare(), append([]string{"restore", backup}, there...)...); err != nil {
		return err
	}
	if _, err := c.run(ctx, bare(), append([]string{"verify"}, there...)...); err != nil {
		return err
	}
	return c.serves(ctx, bare(), there)
}

// takeOver brings the data up to date with the candidate, and serves them for a moment, to nobody.
func (c candidate) takeOver(ctx context.Context, p *Program) error {
	environment := os.Environ()
	if p.Postgres != "" {
		environment = append(environment, "ENCAISSE_POSTGRES="+p.Postgres)
	}
	there := []string{"--data", p.Data, "--key-file", p.keyPath()}
	if _, err := c.run(ctx, environment, append([]string{"migrate"}, there...)...); err != nil {
		return err
	}
	return c.serves(ctx, environment, there)
}

var loopback = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// serves starts the candidate as a trial, and asks whether it is ready and gives its page.
func (c candidate) serves(ctx context.Context, environment, there []string) error {
	ctx, cancel := context.WithTimeout(ctx, startWithin)
	defer cancel()
	command := exec.CommandContext(ctx, c.path, append([]string{"serve", "--trial"}, there...)...)
	command.Env = environment
	var complaints bytes.Buffer
	command.Stderr = &complaints
	out, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	defer end(command)
	var said strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		if address := loopback.FindString(lines.Text()); address != "" {
			go io.Copy(io.Discard, out)
			return errors.Join(answers(ctx, address+"/readyz"), answers(ctx, address+"/connexion"))
		}
	}
	err = command.Wait()
	return fmt.Errorf("it does not serve (%v): %s", err, lastWords(said.String()+complaints.String()))
}

func answers(ctx context.Context, address string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", address, answer.Status)
	}
	return nil
}

// end asks a program to end, and ends it when it does not.
func end(command *exec.Cmd) {
	if command.ProcessState != nil {
		return
	}
	kill := time.AfterFunc(stopWithin, func() { command.Process.Kill() })
	defer kill.Stop()
	if runtime.GOOS == "windows" || command.Process.Signal(os.Interrupt) != nil {
		command.Process.Kill() // a kill loses nothing
	}
	command.Wait()
}
