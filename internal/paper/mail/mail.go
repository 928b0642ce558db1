package mail

import (
	"context"
	"net/mail"
	"strings"
	"unicode"

	"encaisse/internal/base/fault"
)

// Message is a letter.
type Message struct {
	To      []string // addresses: marie@exemple.fr or Marie <marie@exemple.fr>
	ReplyTo string   // optional
	Subject string
	Text    string
	HTML    string // optional, the same letter for those who read HTML
}

// Sender sends messages.
type Sender interface {
	// Send sends a message now. It fails with Invalid when the message or an address is refused for good, with Unavailable
	// when the server cannot be reached or asks to wait. After an error the message may be sent again.
	Send(ctx context.Context, m Message) error
}

const (
	maxTo      = 50
	maxSubject = 200 // characters
	maxBody    = 1 << 20
)

// check refuses a message that is incomplete, too large, or whose head could be read as something else than what was meant.
func (m Message) check() error {
	switch {
	case len(m.To) == 0 || len(m.To) > maxTo:
		return fault.Newf(fault.Invalid, "Un courriel a entre 1 et %d destinataires.", maxTo)
	case strings.TrimSpace(m.Subject) == "" || len([]rune(m.Subject)) > maxSubject:
		return fault.Newf(fault.Invalid, "L’objet d’un courriel a entre 1 et %d caractères.", maxSubject)
	case hasControl(m.Subject):
		return fault.New(fault.Invalid, "L’objet d’un courriel tient sur une ligne.")
	case strings.TrimSpace(m.Text) == "":
		return fault.New(fault.Invalid, "Ce courriel n’a pas de texte.")
	case len(m.Text)+len(m.HTML) > maxBody:
		return fault.New(fault.TooLarge, "Ce courriel est trop long.")
	}
	for _, to := range m.To {
		if _, err := address(to); err != nil {
			return err
		}
	}
	if m.ReplyTo != "" {
		if _, err := address(m.ReplyTo); err != nil {
			return err
		}
	}
	return nil
}

// address reads one address and refuses anything that is not exactly one.
func address(text string) (*mail.Address, error) {
	if a, err := mail.ParseAddress(text); err == nil && !hasControl(text) && !hasControl(a.Name) && !hasControl(a.Address) && len(a.Address) <= 254 {
		return a, nil
	}
	return nil, fault.Newf(fault.Invalid, "L’adresse «\u00a0%s\u00a0» n’est pas une adresse de courriel.", printable(text))
}

// hasControl tells whether a text holds the end of a line or another control character.
func hasControl(text string) bool { return strings.ContainsFunc(text, unicode.IsControl) }

// printable is a text without control characters, cut where it is long, for a message.
func printable(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
	if r := []rune(text); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return text
}
