package question

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/books/act"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
)

// Kind is what a message does to its thread.
type Kind string

// The kinds of messages.
const (
	Asks    Kind = "ask"
	Answers Kind = "answer"
	Closes  Kind = "close"
)

// State is where a thread stands.
type State string

// The states: it waits for an answer, it was answered, it is closed.
const (
	Waiting  State = "ask"
	Answered State = "answer"
	Closed   State = "close"
)

// The bounds of a thread.
const (
	MaxText     = 1000 // characters of a message
	MaxMessages = 60
)

// Message is what somebody said.
type Message struct {
	Kind       Kind
	Text       string
	Attachment string // id of a photo or PDF, "" for none
	By, ByName string
	At         time.Time
}

// Question is a thread.
type Question struct {
	ID    string
	Box   string
	On    day.Day
	Entry string // id of the entry it is about, "" for the whole day
	About string // that in words
	By    string // who asked
	At    time.Time
	State State
	First string // what was asked first
}

// Author is who says something.
type Author struct{ ID, Name string }

// Subject is what a question may be about: a day of a box, or an entry of it.
type Subject struct {
	Box   cashbox.Box
	On    day.Day
	Entry string
	About string
}

// SubjectOf finds what a question would be about. Faults: NotFound for a box, a day or an entry that does not exist or is of no box.
func SubjectOf(q db.Querier, box, on, entry string) (s Subject, err error) {
	if entry != "" {
		posted, err := ledger.Get(q, entry)
		if err != nil {
			return s, err
		}
		box, on, s.Entry = posted.Place, string(posted.On), posted.ID
		s.About = "écriture n°\u00a0" + locale.Int(posted.Seq)
		if memo := strings.TrimSpace(posted.Memo); memo != "" {
			s.About += ", «\u00a0" + memo + "\u00a0»"
		}
	}
	if s.On, err = day.Parse(on); err != nil {
		return s, fault.New(fault.NotFound, "Ce jour n’existe pas.")
	}
	if s.Box, err = cashbox.ByID(q, box); err != nil {
		return s, err
	}
	where := s.Box.Name + ", " + locale.LongDate(s.On)
	if s.About == "" {
		s.About = where
	} else {
		s.About = where + "\u00a0: " + s.About
	}
	return s, nil
}

// clean is a text as it is kept: nothing before or after, no sign that does not print.
func clean(text string) (string, error) {
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r >= ' ' && r != 0x7f && r != utf8.RuneError {
			return r
		}
		return -1
	}, text))
	if utf8.RuneCountInString(text) > MaxText {
		return "", fault.New(fault.Invalid, "Le texte est trop long.").Field("texte", "Écrivez "+locale.Int(MaxText)+" caractères au plus.")
	}
	return text, nil
}

// need is clean for a message that must say something.
func need(text, message string) (string, error) {
	text, err := clean(text)
	if err == nil && text == "" {
		err = fault.New(fault.Invalid, "Il manque un texte.").Field("texte", message)
	}
	return text, err
}

// Ask opens a thread. Its key is its id: sent twice, it is asked once.
func Ask(tx *db.Tx, key string, s Subject, text string, by Author) error {
	text, err := need(text, "Écrivez votre question.")
	if err != nil {
		return err
	}
	return act.Once(tx, key, "question.ask", []string{s.Box.ID, string(s.On), s.Entry, text}, func() error {
		if err := insertQuestion(tx, Question{ID: key, Box: s.Box.ID, On: s.On, Entry: s.Entry, About: s.About, By: by.ID}); err != nil {
			return err
		}
		return say(tx, key, 0, Message{Kind: Asks, Text: text, By: by.ID, ByName: by.Name})
	})
}

// Reply is one more message of a thread.
type Reply struct {
	Key      string
	Question string
	Kind     Kind
	Text     string
	File     *cashbox.Receipt // nil for none
	By       Author
}

// Say adds a message. Faults: Invalid for a message that says nothing or too much, Conflict once the thread is closed.
func Say(tx *db.Tx, r Reply) error {
	text, err := clean(r.Text)
	if err == nil && r.Kind != Closes && r.File == nil {
		text, err = need(r.Text, "Écrivez un mot, ou joignez un fichier.")
	}
	if err != nil {
		return err
	}
	content := []any{r.Question, r.Kind, text, r.File}
	return act.Once(tx, r.Key, "question.say", content, func() error {
		messages, err := Messages(tx, r.Question)
		if err != nil {
			return err
		}
		if len(messages) == 0 {
			return noQuestion()
		}
		if messages[len(messages)-1].Kind == Closes {
			return fault.New(fault.Conflict, "Cette question est close. Posez-en une nouvelle s’il reste quelque chose à dire.")
		}
		if len(messages) >= MaxMessages && r.Kind != Closes {
			return fault.New(fault.Conflict, "Cet échange est très long. Fermez-le et posez une nouvelle question.")
		}
		m := Message{Kind: r.Kind, Text: text, By: r.By.ID, ByName: r.By.Name}
		if r.File != nil {
			if m.Attachment, err = cashbox.Attach(tx, r.File.Name, r.File.Content, r.By.ID); err != nil {
				if f, ok := errors.AsType[*fault.Fault](err); ok && f.Fields["file"] != "" {
					err = fault.New(fault.Invalid, "La pièce jointe est à revoir.").Field("piece", f.Fields["file"])
				}
				return err
			}
		}
		return say(tx, r.Question, len(messages), m)
	})
}

// say keeps a message and counts the open threads of the company again.
func say(tx *db.Tx, questionID string, position int, m Message) error {
	if err := insertMessage(tx, questionID, position, m); err != nil {
		return err
	}
	return recount(tx)
}

func noQuestion() error {
	return fault.New(fault.NotFound, "Cette question n’existe pas, ou vous n’y avez pas accès.")
}
