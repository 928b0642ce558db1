package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/release"
)

// releaseKey is the public key releases are signed with, set at build.
var releaseKey = ""

// Update installs a release in the place of the program that runs.
type Update struct {
	Release    string `arg:"" optional:"" help:"Folder, or address (https://…), where release.json, its signature and the programs are."`
	Key        string `env:"ENCAISSE_RELEASE_KEY" placeholder:"RWQ…" help:"Public key of minisign the release must be signed with; that built into this program by default."`
	Service    string `placeholder:"NAME" help:"Service of this system that serves (systemd, or Windows): it is stopped first and started again at the end."`
	Backup     string `type:"path" placeholder:"FILE" help:"File of the backup made first; in DATA/updates by default."`
	Check      bool   `help:"Only say whether the release is good, and newer."`
	AllowOlder bool   `help:"Also take a release that is not newer than this program. Data made by a newer one stay refused."`
	Undo       bool   `help:"After an update that was cut or did not hold: put back the program and the data of before."`
}

// updatesFolder is what updates keep in the data folder.
const updatesFolder = "updates"

// site is where the program lies and what it works on.
type site struct {
	p       *Program
	program string // path of the program that runs
	folder  string // DATA/updates
}

func (p *Program) site() (*site, error) {
	program, err := os.Executable()
	if err == nil {
		program, err = filepath.EvalSymlinks(program)
	}
	if err != nil {
		return nil, fmt.Errorf("where this program lies cannot be told: %w", err)
	}
	return &site{p, program, filepath.Join(p.Data, updatesFolder)}, nil
}

// Run implements the command.
func (u Update) Run(ctx context.Context, p *Program) error {
	s, err := p.site()
	if err != nil {
		return err
	}
	if u.Undo {
		return u.undo(ctx, s)
	}
	if u.Release == "" {
		return errors.New("give the folder or the address of the release; see: encaisse update --help")
	}
	source, err := openSource(u.Release)
	if err != nil {
		return err
	}
	list, file, err := u.admit(ctx, source)
	if err != nil {
		return err
	}
	p.say("Release %s for %s/%s: the signature is good.", list.Version, runtime.GOOS, runtime.GOARCH)
	if u.Check {
		return nil
	}
	if j, err := s.journal(); err != nil {
		return err
	} else if j != nil {
		return fmt.Errorf("the update to %s was cut before its end. Put back what was there with: %s update --undo --data %s", j.To, j.previousOr(s.program), p.Data)
	}
	return u.install(ctx, s, source, list, file)
}

func (p *Program) say(format string, arguments ...any) { fmt.Fprintf(p.out, format+"\n", arguments...) }

// admit reads the list of a release and gives the file for this machine: signed with the right key, newer, and for this system.
func (u Update) admit(ctx context.Context, source source) (release.List, release.File, error) {
	key := u.Key
	if key == "" {
		key = releaseKey
	}
	if key == "" {
		return release.List{}, release.File{}, errors.New("this program was built without the key of its releases; give it with --key")
	}
	public, err := release.ParsePublicKey(key)
	if err != nil {
		return release.List{}, release.File{}, err
	}
	content, err := source.small(ctx, release.ListFile)
	if err != nil {
		return release.List{}, release.File{}, err
	}
	signature, err := source.small(ctx, release.SignatureFile)
	if err != nil {
		return release.List{}, release.File{}, err
	}
	list, err := release.Read(content, string(signature), public)
	if err != nil {
		return release.List{}, release.File{}, fmt.Errorf("%w: nothing was changed", err)
	}
	if err := u.newer(list.Version); err != nil {
		return release.List{}, release.File{}, err
	}
	file, there := list.Files[runtime.GOOS+"/"+runtime.GOARCH]
	if !there {
		return release.List{}, release.File{}, fmt.Errorf("release %s holds no program for %s/%s", list.Version, runtime.GOOS, runtime.GOARCH)
	}
	return list, file, nil
}

func (u Update) newer(text string) error {
	theirs, err := release.ParseVersion(text)
	if err != nil || u.AllowOlder {
		return err
	}
	ours, err := release.ParseVersion(version)
	if err != nil {
		return fmt.Errorf("this program is %s, which is no released version: whether %s is newer cannot be told; --allow-older takes it", version, text)
	}
	if theirs.Compare(ours) <= 0 {
		return fmt.Errorf("release %s is not newer than this program (%s); --allow-older takes it nevertheless", text, version)
	}
	return nil
}

// install does everything; whatever fails, a program that works on its data stays.
func (u Update) install(ctx context.Context, s *site, source source, list release.List, file release.File) (err error) {
	service := service(u.Service)
	if err := service.stop(ctx, s.p); err != nil {
		return err
	}
	free, err := s.reserve(ctx)
	if err != nil {
		return errors.Join(err, service.start(ctx, s.p))
	}
	err = u.replace(ctx, s, source, list, file)
	free()
	s.giveBack()
	if err != nil {
		return errors.Join(err, service.start(context.WithoutCancel(ctx), s.p))
	}
	if err := service.start(ctx, s.p); err != nil {
		return fmt.Errorf("%w. The new program is in place; to go back: %s update --undo --data %s --service %s", err, s.previous(), s.p.Data, u.Service)
	}
	if err := os.Remove(s.journalPath()); err != nil {
		return err
	}
	s.p.say("Encaisse %s is in place. The program of before is kept: %s", list.Version, s.previous())
	return nil
}

// replace tries the new program on a copy of the data, then puts it in place and brings the data up to date.
func (u Update) replace(ctx context.Context, s *site, source source, list release.List, file release.File) error {
	work := s.work()
	if err := os.RemoveAll(work); err != nil {
		return err
	}
	if err := os.MkdirAll(work, 0o700); err != nil {
		return err
	}
	defer os.RemoveAll(work)
	fresh := s.fresh()
	defer os.Remove(fresh)
	if err := source.fetch(ctx, file, fresh); err != nil {
		return err
	}
	backup := u.Backup
	if backup == "" {
		backup = filepath.Join(s.folder, "before-"+list.Version+"-"+s.p.clock.Now().UTC().Format("20060102-150405.000")+".backup")
	}
	if err := (Backup{File: backup}).Run(ctx, s.p); err != nil {
		return fmt.Errorf("the backup cannot be made, nothing was changed: %w", err)
	}
	if err := check(ctx, backup, work, s.p); err != nil {
		return fmt.Errorf("the backup cannot be read again, nothing was changed: %w", err)
	}
	next := candidate{path: fresh, version: list.Version}
	s.p.say("Trying %s on a copy of the data.", list.Version)
	if err := next.tryOnCopy(ctx, backup, filepath.Join(work, "trial")); err != nil {
		return fmt.Errorf("version %s does not work on a copy of the data, nothing was changed: %w", list.Version, err)
	}
	current, err := s.schemaVersion(ctx)
	if err != nil {
		return err
	}
	j := replacement{From: version, To: list.Version, Program: s.program, Previous: s.previous(), Backup: backup, Schema: current, At: s.p.clock.Now().UTC().Truncate(time.Second)}
	if err := s.note(j); err != nil {
		return err
	}
	if err := s.swap(fresh); err != nil {
		return errors.Join(err, os.Remove(s.journalPath()))
	}
	s.p.say("Bringing the data up to date.")
	next.path = s.program
	if err := next.takeOver(ctx, s.p); err != nil {
		undone := s.goBack(context.WithoutCancel(ctx), j)
		if undone != nil {
			return fmt.Errorf("version %s does not start (%w), and what was there cannot be put back: %w; the backup is %s", list.Version, err, undone, backup)
		}
		return fmt.Errorf("version %s does not start; the program and the data of before are back: %w", list.Version, err)
	}
	return nil
}

// reserve keeps servers away while the update goes on.
func (s *site) reserve(ctx context.Context) (free func(), err error) {
	if err := os.MkdirAll(s.folder, 0o700); err != nil {
		return nil, err
	}
	const advice = "stop it first, or name its service with --service"
	if s.p.Postgres == "" {
		if free, err = db.Reserve(s.p.databasePath()); err != nil {
			return nil, fmt.Errorf("a program serves this data; %s (%w)", advice, err)
		}
		return free, nil
	}
	others, err := db.OtherConnections(ctx, s.p.Postgres)
	if err == nil && others > 0 {
		err = fmt.Errorf("%d connections use this database: programs serve it, here or on other machines; %s", others, advice)
	}
	return func() {}, err
}
