package app

import (
	"database/sql"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/fault"

	"github.com/alecthomas/kong"
)

// leaves are the commands, each as the words that call it.
func leaves(t *testing.T) [][]string {
	t.Helper()
	parser, err := kong.New(&Program{}, kong.Name("encaisse"))
	if err != nil {
		t.Fatal(err)
	}
	list := [][]string{nil, {"user"}}
	for _, node := range parser.Model.Leaves(false) {
		list = append(list, strings.Fields(strings.TrimPrefix(strings.Split(node.FullPath(), " <")[0], "encaisse")))
	}
	return list
}

func TestTheHelpOfEveryCommandTeaches(t *testing.T) {
	commands := leaves(t)
	if len(commands) < 16 {
		t.Fatalf("%d commands: %q", len(commands), commands)
	}
	for _, words := range commands {
		name := strings.Join(words, " ")
		code, said := command(append(words, "--help")...)
		if code != 0 || !strings.HasPrefix(said, "Usage: encaisse") || !strings.Contains(said, name) {
			t.Errorf("encaisse %s --help ended with %d:\n%s", name, code, said)
		}
		if len(words) == 1 && words[0] != "version" && !strings.Contains(said, "\n    encaisse "+name) && !strings.Contains(said, "' encaisse "+name) {
			t.Errorf("the help of %s has no line to copy:\n%s", name, said)
		}
		for line := range strings.Lines(said) {
			if strings.HasPrefix(line, "    encaisse") && len(words) == 1 {
				tryParse(t, strings.TrimSpace(line))
			}
		}
	}
}

// tryParse makes sure that a line of the help is one the program takes.
func tryParse(t *testing.T, line string) {
	t.Helper()
	for one := range strings.SplitSeq(line, "||") {
		var args []string
		for _, m := range regexp.MustCompile(`"[^"]*"|\S+`).FindAllString(one, -1)[1:] {
			args = append(args, strings.Trim(m, `"`))
		}
		for i, a := range args {
			if strings.HasPrefix(a, "/backup/") && args[0] == "restore" || a == "./demo" {
				args[i] = t.TempDir() // a path that must exist
			}
		}
		if args[0] == "restore" {
			args[len(args)-1] = os.Args[0]
		}
		parser, err := kong.New(&Program{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.Parse(args); err != nil {
			t.Errorf("the help says « %s », which is refused: %v", one, err)
		}
	}
}

func TestAWrongCommandLineEndsWithTwoAndSaysWhy(t *testing.T) {
	for _, c := range []struct {
		args []string
		says string
	}{
		{nil, "expected one of"},
		{[]string{"sreve"}, "sreve"},
		{[]string{"serve", "--lisen", "127.0.0.1:0"}, `did you mean "--listen"`},
		{[]string{"serve", "--log-format", "xml"}, "text"},
		{[]string{"serve", "extra"}, "extra"},
		{[]string{"backup"}, "<file>"},
		{[]string{"restore", filepath.Join(t.TempDir(), "nowhere")}, "no such file"},
		{[]string{"user", "create", "marie@exemple.fr"}, "<name>"},
		{[]string{"user"}, "expected one of"},
	} {
		if code, said := command(c.args...); code != 2 || !strings.Contains(said, c.says) {
			t.Errorf("encaisse %s ended with %d, want 2 and %q:\n%s", strings.Join(c.args, " "), code, c.says, said)
		}
	}
}

func TestASettingsFileThatIsWrongIsSaid(t *testing.T) {
	for text, says := range map[string]string{
		`{"public_ulr": "https://caisse.exemple.fr"}`: `holds "public_ulr"`,
		`{"help": true}`: `holds "help"`,
		`{"listen": `:    "cannot be read",
		`["listen"]`:     "cannot be read",
	} {
		data := t.TempDir()
		if err := os.WriteFile(filepath.Join(data, "encaisse.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, said := command("version", "--data", data); code == 0 || !strings.Contains(said, says) {
			t.Errorf("%s ended with %d, want words such as %q:\n%s", text, code, says, said)
		}
	}
	data := t.TempDir()
	good := `{"listen": "127.0.0.1:8080", "public_url": "https://caisse.exemple.fr", "proxies": ["127.0.0.1/32"], "log_format": "json", "smtp_host": "smtp.exemple.fr", "postgres": "host=nowhere", "key_file": "k"}`
	if err := os.WriteFile(filepath.Join(data, "encaisse.json"), []byte(good), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("ENCAISSE_DATA", data) // the file is found there too
	run(t, "version")
	fails(t, "PostgreSQL does not answer", "verify")
}

func TestTheVersionIsSaid(t *testing.T) {
	if said := run(t, "version"); !regexp.MustCompile(`^encaisse \S+.* \(go\d\S+ \w+/\w+\)\n$`).MatchString(said) {
		t.Errorf("it says %q", said)
	}
}

func TestAPanicIsNotTakenForSuccess(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("the program ended well")
		}
	}()
	Main([]string{"version"}, nil, nil) // nowhere to write to
}

func TestAFaultIsSaidInOneLineWithItsCause(t *testing.T) {
	f := fault.Wrap(fault.Unavailable, "La base ne répond pas.", errors.New("connection refused")).Field("on", "Trop tard.")
	if got := plain(f); got != "La base ne répond pas. Trop tard. (connection refused)" {
		t.Errorf("it says %q", got)
	}
}

func TestVerifyEndsWithOneAndNamesTheFault(t *testing.T) {
	for _, c := range []struct{ name, forge, says string }{
		{"an amount", `UPDATE ledger_line SET amount = amount + 100 WHERE entry_seq = 7 AND n = 1`, "entry n° 7"},
		{"a balance", `UPDATE ledger_account SET balance = balance + 1 WHERE key = (SELECT MIN(key) FROM ledger_account)`, "ledger: account"},
		{"a record removed", `DELETE FROM seal_record WHERE chain = 'daysheet' AND seq = 12`, "daysheet"},
		{"a receipt", `UPDATE attachment SET content = CAST(content || 'x' AS BLOB)`, "no longer what was sent"},
		{"a broken file", "", "integrity check"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := shopData(t)
			if said := run(t, "verify", "--data", data); !strings.Contains(said, "Everything holds") {
				t.Fatal(said)
			}
			if c.forge == "" {
				c.forge = `UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'series') WHERE name = 'visit'`
			}
			forge(t, data, c.forge)
			code, said := command("verify", "--data", data)
			if code != 1 || !strings.Contains(said, c.says) || strings.Contains(said, "Everything holds") {
				t.Errorf("verify ended with %d, want 1 and %q:\n%s", code, c.says, said)
			}
		})
	}
}

// forge changes a database by hand, without its triggers.
func forge(t *testing.T, data, statement string) {
	t.Helper()
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(data, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	raw.SetMaxOpenConns(1)
	for _, s := range []string{`PRAGMA writable_schema = 1`, `DELETE FROM sqlite_master WHERE type = 'trigger'`, `PRAGMA writable_schema = RESET`, `PRAGMA writable_schema = 1`, statement} {
		if _, err := raw.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func TestTheCommandsOnPeople(t *testing.T) {
	data := shopData(t)
	user := func(args ...string) string { return run(t, append([]string{"user", "--data", data}, args...)...) }
	const marie = "marie@exemple.fr"
	link := func(said string) string {
		t.Helper()
		path := regexp.MustCompile(`/mot-de-passe/\S+`).FindString(said)
		if path == "" || !strings.Contains(said, "within an hour") {
			t.Errorf("no link in: %s", said)
		}
		return path
	}
	before := strings.Count(user("list"), "\n")
	first := link(user("create", marie, "Marie Martin"))
	if said := user("list"); !regexp.MustCompile(`(?m)^marie@exemple\.fr +Marie Martin +no +0 +active +\d{4}-\d\d-\d\d$`).MatchString(said) || strings.Count(said, "\n") != before+1 {
		t.Errorf("the list says:\n%s", said)
	}
	second := link(user("password", " Marie@Exemple.fr "))
	opens(t, data, first, second)
	user("disable", marie)
	if said := user("list"); !regexp.MustCompile(`marie@exemple\.fr.* disabled `).MatchString(said) {
		t.Errorf("the list says:\n%s", said)
	}
	user("enable", marie)
	user("drop-second-factor", marie)
	user("drop-passkeys", marie)
	if said := user("sessions", marie); said != "Closed: 0\n" {
		t.Errorf("it says %q", said)
	}
	if said := user("list"); !regexp.MustCompile(`marie@exemple\.fr.* active `).MatchString(said) {
		t.Errorf("the list says:\n%s", said)
	}
	for _, verb := range []string{"password", "sessions", "disable", "enable", "drop-second-factor", "drop-passkeys"} {
		fails(t, "inconnue@exemple.fr", "user", verb, "inconnue@exemple.fr", "--data", data)
	}
	fails(t, "", "user", "create", marie, "Une autre Marie", "--data", data)
	fails(t, "", "user", "create", "pas une adresse", "Personne", "--data", data)
}

// opens makes sure that the last link opens its page, and that those before no longer do.
func opens(t *testing.T, data string, links ...string) {
	t.Helper()
	p := &Program{Data: data, clock: clock.System{}}
	d, key, err := p.open(t.Context(), false, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	h, err := newHouse(houseConfig{db: d, key: key, log: slog.New(slog.DiscardHandler), clock: p.clock, unlimited: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, link := range links {
		answer := httptest.NewRecorder()
		h.site.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, link, nil))
		if form := strings.Contains(answer.Body.String(), `type="password"`); form != (i == len(links)-1) {
			t.Errorf("link %d of %d answers %d:\n%.2000s", i+1, len(links), answer.Code, answer.Body)
		}
	}
}
