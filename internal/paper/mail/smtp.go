package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"os"
	"strings"
	"time"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"

	gomail "github.com/wneessen/go-mail"
)

// Security is how the connection to the server is protected.
type Security string

// The ways to protect a connection.
const (
	StartTLS Security = "starttls" // in clear, then TLS before anything is said; refused where the server has none
	TLS      Security = "tls"      // TLS from the first byte
	Clear    Security = "none"     // no protection: only to a server on this machine
)

// Config says which server sends, and in whose name.
type Config struct {
	Host         string
	Port         int      // 0: 587 for StartTLS, 465 for TLS, 25 in clear
	Security     Security // "" is StartTLS
	User         string   // "" when the server asks nobody to sign in
	Password     string
	PasswordFile string // a file that holds the password, instead of Password
	From         string // Encaisse <ne-pas-repondre@exemple.fr>
}

// SMTP sends through a server. It opens a connection for each message: messages are few.
type SMTP struct {
	config Config
	from   *netmail.Address
	roots  *x509.CertPool // nil is the system’s
	wait   time.Duration
}

// New checks a configuration, reads the password file, and gives the sender. It connects to nothing. Its errors are for whoever
// installs the program.
func New(c Config) (*SMTP, error) {
	if c.Host == "" {
		return nil, errors.New("mail: the host of the SMTP server is missing")
	}
	from, err := address(c.From)
	if err != nil {
		return nil, fmt.Errorf("mail: the sender %q is not an address", c.From)
	}
	if c.Security == "" {
		c.Security = StartTLS
	}
	port, known := map[Security]int{StartTLS: 587, TLS: 465, Clear: 25}[c.Security]
	if !known {
		return nil, fmt.Errorf("mail: unknown security %q: starttls, tls or none", c.Security)
	}
	if c.Security == Clear && !local(c.Host) {
		return nil, fmt.Errorf("mail: %s is not on this machine: use starttls or tls", c.Host)
	}
	if c.Port == 0 {
		c.Port = port
	}
	if c.PasswordFile != "" {
		if c.Password != "" {
			return nil, errors.New("mail: give the password or its file, not both")
		}
		content, err := os.ReadFile(c.PasswordFile)
		if err != nil {
			return nil, fmt.Errorf("mail: password file: %w", err)
		}
		c.Password = strings.TrimRight(string(content), "\r\n")
	}
	if c.Security == Clear && c.User != "" {
		return nil, errors.New("mail: a password does not travel in clear: use starttls or tls")
	}
	if (c.User == "") != (c.Password == "") {
		return nil, errors.New("mail: user and password go together")
	}
	return &SMTP{config: c, from: from, wait: 20 * time.Second}, nil
}

// local tells whether a host is this machine.
func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Send sends a message now; the errors are those of Sender.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	if err := m.check(); err != nil {
		return err
	}
	letter, err := s.letter(m)
	if err != nil {
		return err
	}
	client, err := s.client()
	if err != nil {
		return fault.Wrap(fault.Internal, "Le serveur de messagerie est mal réglé.", err)
	}
	connection, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return fault.Wrap(fault.Unavailable, "Le serveur de messagerie ne répond pas, ou refuse le mot de passe réglé.", err)
	}
	err = client.SendWithSMTPClient(connection, letter)
	// Once the server took the letter, a failed farewell must not have it sent twice.
	_ = client.CloseWithSMTPClient(connection)
	if err == nil {
		return nil
	}
	if refused, ok := errors.AsType[*gomail.SendError](err); ok && !refused.IsTemp() && refused.ErrorCode() >= 500 {
		return fault.Wrap(fault.Invalid, "Le serveur de messagerie a refusé ce courriel ou son destinataire.", err)
	}
	return fault.Wrap(fault.Unavailable, "Le courriel n’a pas pu partir\u00a0: le serveur de messagerie demande d’attendre.", err)
}

// letter writes a message in the form of the mail library.
func (s *SMTP) letter(m Message) (*gomail.Msg, error) {
	letter := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8))
	letter.FromMailAddress(s.from)
	to := make([]*netmail.Address, len(m.To))
	for i, text := range m.To {
		a, err := address(text)
		if err != nil {
			return nil, err
		}
		to[i] = a
	}
	letter.ToMailAddress(to...)
	if m.ReplyTo != "" {
		a, err := address(m.ReplyTo)
		if err != nil {
			return nil, err
		}
		letter.ReplyToMailAddress(a)
	}
	letter.Subject(m.Subject)
	letter.SetMessageIDWithValue(id.New() + "@" + s.domain())
	letter.SetDate()
	letter.SetGenHeader("Auto-Submitted", "auto-generated")
	letter.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		letter.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return letter, nil
}

// domain is that of the sender; the name of the machine is nobody’s business.
func (s *SMTP) domain() string {
	return s.from.Address[strings.LastIndexByte(s.from.Address, '@')+1:]
}

// client prepares a connection.
func (s *SMTP) client() (*gomail.Client, error) {
	options := []gomail.Option{
		gomail.WithPort(s.config.Port), gomail.WithTimeout(s.wait), gomail.WithHELO(s.domain()), gomail.WithoutNoop(),
		gomail.WithTLSConfig(&tls.Config{ServerName: s.config.Host, MinVersion: tls.VersionTLS12, RootCAs: s.roots}),
	}
	switch s.config.Security {
	case StartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case TLS:
		options = append(options, gomail.WithSSL())
	case Clear:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if s.config.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.config.User), gomail.WithPassword(s.config.Password))
	}
	return gomail.NewClient(s.config.Host, options...)
}
