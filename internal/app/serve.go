package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/books/seal"
	"encaisse/internal/paper/mail"
	"encaisse/internal/shop/staff"
	"encaisse/schema"
)

// Serve serves the pages.
type Serve struct {
	Listen    string   `default:"127.0.0.1:8080" env:"ENCAISSE_LISTEN" help:"Address to serve on."`
	Metrics   string   `default:"127.0.0.1:9180" env:"ENCAISSE_METRICS" help:"Loopback address of the Prometheus metrics; empty for none."`
	PublicURL string   `env:"ENCAISSE_PUBLIC_URL" placeholder:"URL" help:"Address people use, for links in letters and, when it begins with https://, for cookies only sent over HTTPS."`
	Proxies   []string `env:"ENCAISSE_PROXIES" placeholder:"CIDR" help:"Reverse proxies whose X-Forwarded-For is believed."`
	LogFormat string   `default:"text" enum:"text,json" env:"ENCAISSE_LOG" help:"Form of the log: text or json."`

	Trial bool `hidden:"" help:"Serve to nobody, on a loopback address, and do nothing by oneself: an update tries a program so."`

	HTTPS   string `name:"https" default:"off" enum:"off,local,acme" env:"ENCAISSE_HTTPS" help:"local: serve HTTPS on the shop’s network, with an authority of its own that each device is told once to trust. acme: serve HTTPS on the Internet, with certificates asked of a public authority such as Let’s Encrypt. off: plain HTTP, for this machine alone or behind a proxy."`
	Install string `name:"install-listen" default:":8081" env:"ENCAISSE_INSTALL_LISTEN" help:"With --https local, plain HTTP address of the page that tells devices how to trust it; empty for none."`
	ACME    ACME   `embed:""`

	Backups         string `env:"ENCAISSE_BACKUPS" placeholder:"DIR" help:"Folder of the automatic copies, DATA/backups by default: best another disk. none: no automatic copies."`
	BackupRecipient string `env:"ENCAISSE_BACKUP_RECIPIENT" placeholder:"AGE1…" help:"age public key (age1…) the automatic copies are encrypted for: keep its private key elsewhere."`
	S3              S3     `embed:"" prefix:"s3-"`

	SMTPHost     string `env:"ENCAISSE_SMTP_HOST" help:"Mail server. Without one, links are shown on screen instead of sent."`
	SMTPPort     int    `env:"ENCAISSE_SMTP_PORT" help:"Port of the mail server."`
	SMTPSecurity string `default:"starttls" enum:"starttls,tls,none" env:"ENCAISSE_SMTP_SECURITY" help:"Protection of the connection to the mail server."`
	SMTPUser     string `env:"ENCAISSE_SMTP_USER" help:"User name on the mail server."`
	SMTPPassword string `env:"ENCAISSE_SMTP_PASSWORD_FILE" name:"smtp-password-file" type:"path" placeholder:"FILE" help:"File holding the password on the mail server."`
	SMTPFrom     string `env:"ENCAISSE_SMTP_FROM" placeholder:"ADDRESS" help:"Sender of the letters: Encaisse <ne-pas-repondre@exemple.fr>."`
}

// Run implements the command.
func (s Serve) Run(ctx context.Context, p *Program) error {
	log := s.logger(p)
	if s.Trial {
		s = Serve{Listen: "127.0.0.1:0", HTTPS: "off", Backups: "none", Trial: true}
	}
	d, key, err := p.open(ctx, !s.Trial, log) // an update holds the place of the server meanwhile
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := d.Pending(ctx, schema.Files); err != nil {
		return err
	}
	names, err := d.Migrate(ctx, schema.Files)
	if err != nil {
		return err
	}
	for _, name := range names {
		log.Info("migrated", "file", name)
	}
	return s.serve(ctx, p, d, key, log)
}

func (s Serve) logger(p *Program) *slog.Logger {
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(p.errs, nil))
	}
	return slog.New(slog.NewTextHandler(p.errs, nil))
}

// serve builds the house and answers until the context ends, then lets what is under way finish.
func (s Serve) serve(ctx context.Context, p *Program, d *db.DB, key seal.MasterKey, log *slog.Logger) error {
	sender, err := s.sender()
	if err != nil {
		return err
	}
	gauges := newGauges(d)
	proxies, err := parseProxies(s.Proxies)
	if err != nil {
		return err
	}
	keeper, err := s.keeper(p, d, log)
	if err != nil {
		return err
	}
	gauges.watch(keeper)
	names, err := s.internet(p, log)
	if err != nil {
		return err
	}
	listener, err := s.listen(names)
	if err != nil {
		return err
	}
	defer listener.Close()
	own, err := s.shopAuthority(p)
	if err != nil {
		return err
	}
	if names != nil && s.PublicURL == "" {
		s.PublicURL = names.address(listener)
	}
	h, err := newHouse(houseConfig{db: d, key: key, log: log, clock: p.clock, secure: own != nil || strings.HasPrefix(s.PublicURL, "https://"), publicURL: s.PublicURL, keySites: s.keySites(own, listener),
		proxies: proxies, sender: sender, observe: gauges.observe, copies: keeper.shown(), devices: s.devices(own, listener)})
	if err != nil {
		return err
	}
	stopMetrics, err := gauges.serve(s.Metrics, log)
	if err != nil {
		return err
	}
	defer stopMetrics()
	listener, address, stopDoor, err := s.encrypt(listener, own, names, h.site, log)
	if err != nil {
		return err
	}
	defer stopDoor()
	if err := s.announce(ctx, p, h, address); err != nil {
		return err
	}
	defer s.background(ctx, p, h, keeper, names)()
	server := h.site.Server(s.Listen)
	server.Handler = withHealth(d, h.site)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
	defer cancel()
	if err := server.Shutdown(patience); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// background starts what goes on beside the pages, nothing for a trial. The function it gives ends it.
func (s Serve) background(ctx context.Context, p *Program, h *house, keeper *keeper, names *internet) (end func()) {
	if s.Trial {
		return func() {}
	}
	witness := seal.NewWitness(p.witnessPath())
	running, stop := context.WithCancel(ctx)
	finish := h.startBackground(running, witness, keeper)
	if names != nil {
		go names.warm(running)
	}
	return func() { // once nothing more is recorded
		stop()
		finish()
		h.keepHeads(context.WithoutCancel(ctx), witness)
	}
}

// announce prints the address, and the one-time link of an install without anybody.
func (s Serve) announce(ctx context.Context, p *Program, h *house, address string) error {
	public := strings.TrimRight(s.PublicURL, "/")
	if public == "" {
		public = address
	}
	var needed bool
	err := h.db.Read(ctx, "", func(q *db.Snapshot) (err error) {
		needed, err = staff.SetupNeeded(q)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Encaisse %s serves on %s\n", version, address)
	if needed && !s.Trial {
		path, err := h.staff.NewSetupLink(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "Nobody can sign in yet. Open this one-time link to set up:\n  %s%s\n", public, path)
		return nil
	}
	_, err = fmt.Fprintf(p.out, "Open %s\n", public)
	return err
}

// sender gives who sends letters, nil without a mail server.
func (s Serve) sender() (mail.Sender, error) {
	if s.SMTPHost == "" {
		return nil, nil
	}
	return mail.New(mail.Config{Host: s.SMTPHost, Port: s.SMTPPort, Security: mail.Security(s.SMTPSecurity), User: s.SMTPUser, PasswordFile: s.SMTPPassword, From: s.SMTPFrom})
}

func parseProxies(texts []string) ([]netip.Prefix, error) {
	var list []netip.Prefix
	for _, text := range texts {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("proxies: %q is not a network such as 10.0.0.0/8", text)
		}
		list = append(list, prefix)
	}
	return list, nil
}

// withHealth answers whoever watches the program: alive, and ready to write.
func withHealth(d *db.DB, site http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/healthz":
			w.Write([]byte("ok\n"))
		case "/readyz":
			if err := d.Ping(r.Context()); err != nil {
				http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
				return
			}
			w.Write([]byte("ready\n"))
		default:
			site.ServeHTTP(w, r)
		}
	})
}
