// Package app is the top floor: it plugs the rooms together and gives the program its commands, one file each.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/fault"

	"github.com/alecthomas/kong"
)

// Program is the command line: the settings every command takes, then one field a command.
type Program struct {
	Data     string `default:"./data" env:"ENCAISSE_DATA" type:"path" help:"Folder of the data: the database, its keys, its settings file."`
	Postgres string `env:"ENCAISSE_POSTGRES" placeholder:"DSN" help:"Connection string of a PostgreSQL database to use instead of the file in the data folder."`
	KeyFile  string `env:"ENCAISSE_KEY_FILE" placeholder:"FILE" type:"path" help:"File of the master key, when it is kept elsewhere than DATA/master.key."`

	Serve   Serve   `cmd:"" help:"Serve the pages on an address. Makes the database on first start and brings it up to date."`
	Demo    Demo    `cmd:"" help:"Build a demonstration company from a seed: same seed, same figures. Refuses a folder that already holds data."`
	Verify  Verify  `cmd:"" help:"Walk every invariant of the books and every seal; name the first fault and exit with 1."`
	Export  Export  `cmd:"" help:"Write the files others ask for: the file of accounting entries (FEC)."`
	Import  Import  `cmd:"" help:"Bring in what export wrote."`
	Check   Check   `cmd:"" help:"Check a file made by this program or another: the file of accounting entries (FEC)."`
	Backup  Backup  `cmd:"" help:"Write a consistent copy of everything to one file, while the program serves."`
	Restore Restore `cmd:"" help:"Restore a copy made by backup into an empty place. Never overwrites."`
	Update  Update  `cmd:"" help:"Install a signed release: backup, trial on a copy of the data, then in place; back as it was when it does not start."`
	Migrate Migrate `cmd:"" help:"Bring the database up to date without serving."`
	User    User    `cmd:"" help:"See the people who sign in, give them a link for a new password, close their sessions."`
	Pages   Pages   `cmd:"" help:"Serve every page with sample data and no database, to look at them."`
	Bench   Bench   `cmd:"" help:"Measure this machine: sealed entries a second through HTTP, beside the bare database in the same run."`
	Version Version `cmd:"" help:"Print the version."`

	out, errs io.Writer
	clock     clock.Clock
}

// gcPercent lets the heap grow further between collections than Go does by itself: it is a few megabytes, and acts a second count.
const gcPercent = 300

// exit is how kong asks to end, after --help or a wrong command line.
type exit int

// Main runs the program with its arguments and gives its exit code: 0 done, 1 failed, 2 wrong command line.
func Main(args []string, out, errs io.Writer) (code int) {
	p := &Program{out: out, errs: errs, clock: clock.System{}}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	defer func() {
		switch cause := recover().(type) {
		case nil:
		case exit:
			code = int(cause)
		default:
			panic(cause)
		}
	}()
	parser, err := kong.New(p, kong.Name("encaisse"), kong.Description("Encaisse: everything that happens to a merchant’s money, from the customer’s hand to the accountant’s books.\n\n"+
		"Settings are read from flags, then the environment (ENCAISSE_…), then a small file: encaisse.json in the data folder or /etc/encaisse.json, for example {\"listen\": \"127.0.0.1:8080\"}."),
		kong.Writers(out, errs), kong.Exit(func(c int) { panic(exit(c)) }), kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Configuration(readSettings, settingsFiles(args)...))
	if err != nil {
		fmt.Fprintln(errs, err)
		return 1
	}
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(errs, "encaisse:", err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	command.BindTo(ctx, (*context.Context)(nil))
	if err := command.Run(p); err != nil {
		fmt.Fprintln(errs, "encaisse:", plain(err))
		return 1
	}
	return 0
}

// plain says an error in one line: the message of a fault, and its cause when it has one.
func plain(err error) string {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		text := f.Message
		for _, message := range f.Fields {
			text += " " + message
		}
		if f.Cause != nil {
			text += " (" + f.Cause.Error() + ")"
		}
		return text
	}
	return err.Error()
}
