package staff

import (
	"log/slog"
	"strings"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/seal"
	"encaisse/internal/paper/mail"
	"encaisse/internal/web"
)

// Location is an establishment of a company, as far as rights are concerned.
type Location struct{ ID, Name string }

// Config is what the room needs from the house.
type Config struct {
	DB         *db.DB
	Vault      seal.Vault                                   // locks the secrets of code generators
	Log        *slog.Logger                                 // nil is the default one
	Rules      SessionRules                                 // the zero value is DefaultRules
	Prepare    func(q db.Querier, access *web.Access) error // fills what other rooms know: the cash boxes; nil is nothing
	Mail       mail.Sender                                  // sends letters; nil when no mail server is set
	NewCompany string                                       // path of the page that opens another company; "" hides its link
	PublicURL  string                                       // address of the program for links in letters: https://caisse.example
	KeySites   []string                                     // addresses at which passkeys may serve, the best first; those that cannot are left out
}

// SessionRules bound the life of a session.
type SessionRules struct {
	Idle     time.Duration // without a request
	Absolute time.Duration // since sign-in
}

// DefaultRules suit a shop where the same screen stays open all day.
var DefaultRules = SessionRules{Idle: 8 * time.Hour, Absolute: 12 * time.Hour}

// Room is the room of people.
type Room struct {
	db         *db.DB
	vault      seal.Vault
	log        *slog.Logger
	rules      SessionRules
	prepare    func(db.Querier, *web.Access) error
	sender     mail.Sender
	publicURL  string
	newCompany string
	hasher     *hasher
	sites      []keySite
}

// New opens the room.
func New(c Config) (*Room, error) {
	r := &Room{
		db: c.DB, vault: c.Vault, log: c.Log, rules: c.Rules, prepare: c.Prepare,
		newCompany: c.NewCompany, publicURL: strings.TrimRight(c.PublicURL, "/"),
	}
	if r.log == nil {
		r.log = slog.Default()
	}
	if r.rules == (SessionRules{}) {
		r.rules = DefaultRules
	}
	if r.prepare == nil {
		r.prepare = func(db.Querier, *web.Access) error { return nil }
	}
	if c.Mail != nil && r.publicURL != "" {
		r.sender = c.Mail
	}
	var err error
	if r.sites, err = keySites(c.KeySites); err != nil {
		return nil, err
	}
	r.hasher, err = newHasher()
	return r, err
}

// mails tells whether letters can be sent.
func (r *Room) mails() bool { return r.sender != nil }

// User is a person who signs in.
type User struct {
	ID, Email, Name  string
	Disabled         bool
	CreatesCompanies bool
	SecondFactor     bool // a code is asked after the password
	Passkeys         int  // how many; in lists of people only
	CodesLeft        int  // recovery codes not used yet
	CreatedAt        time.Time
	PasswordAt       time.Time // when the password was chosen
}

// Membership is the place of a person in a company. No location means all of them.
type Membership struct {
	UserID, RoleID string
	Locations      []string
}

// CleanEmail is the one form an e-mail address is kept and looked up in.
func CleanEmail(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// checkEmail refuses what cannot be an address. Whether it exists only a letter can tell.
func checkEmail(email string) error {
	name, host, found := strings.Cut(email, "@")
	bad := !found || name == "" || len(email) > 254 || strings.ContainsAny(email, " \t\r\n<>,;:\"'()[]\\\x00") || strings.Contains(host, "@")
	if bad || !strings.Contains(host, ".") || strings.HasPrefix(host, ".") || strings.HasSuffix(host, ".") {
		return fault.New(fault.Invalid, "L’adresse électronique est à corriger.").Field("email", "Écrivez une adresse complète, par exemple\u00a0: prenom@exemple.fr.")
	}
	return nil
}

// splitList and joinList keep short lists of ids in one column.
func splitList(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

func joinList(list []string) string { return strings.Join(list, ",") }

func instant(t time.Time) int64 { return t.UnixMicro() }

func fromInstant(us int64) time.Time { return time.UnixMicro(us).UTC() }
