package seal

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
)

// Codes the program logs by name; events.csv has the whole table.
const (
	DayClosed         = 50
	YearClosed        = 60
	IntegrityFault    = 90
	DataExported      = 110
	RightsChanged     = 130
	Corrected         = 190
	ParametersChanged = 270
	NewKey            = 450
	ClockBack         = 9010
	Restored          = 9020
	PersonErased      = 9030
)

// EventKind is the kind of source of the records of events.
const EventKind = "event"

// keySource begins the source of an event that brings a new key.
const keySource = "key:"

// Event is something technical or fiscal to be kept in the journal of events (JET).
type Event struct {
	Code     int    // see events.csv
	Label    string // what happened, without personal data; "" for the label of the code
	By       string // identifier of the person, "" for the program itself
	Source   string // what it is about
	Register string // "" for the back office
}

// LoggedEvent is an event as it is kept.
type LoggedEvent struct {
	ID, Register string
	Code         int
	Label        string
	At           time.Time
	By, Source   string
}

// LogEvent seals an event in the journal of events of its register.
func LogEvent(tx *db.Tx, e Event) error {
	if e.Code == NewKey {
		return errors.New("seal: the event of a new key is logged by Rotate")
	}
	if e.Register == "" {
		e.Register = Office
	}
	s, err := begin(tx, e.Register)
	if err != nil {
		return err
	}
	return s.log(tx, e)
}

// log seals an event in a register whose lock is held.
func (s *state) log(tx *db.Tx, e Event) error {
	code, known := CodeOf(e.Code, day.Day(s.at.Format(time.DateOnly)))
	if !known {
		return fmt.Errorf("seal: no event has the code %d", e.Code)
	}
	if e.Label == "" {
		e.Label = code.Label
	}
	logged := LoggedEvent{ID: id.New(), Register: s.register, Code: e.Code, Label: e.Label, At: s.at, By: e.By, Source: e.Source}
	if err := insertEvent(tx, logged); err != nil {
		return err
	}
	content, err := eventContent(tx, logged)
	if err != nil {
		return err
	}
	_, err = s.append(tx, Record{
		Chain: Events, SourceKind: EventKind, SourceID: logged.ID,
		Fields:  []string{strconv.Itoa(e.Code), e.Label, e.By},
		Content: content,
	})
	return err
}

// brings is the key that the event brings in, "" for another event.
func (e LoggedEvent) brings() string {
	if key, is := strings.CutPrefix(e.Source, keySource); is && e.Code == NewKey {
		return key
	}
	return ""
}

// eventContent is the whole event as bytes. The event of a new key covers the key and the register it signs for.
func eventContent(q db.Querier, e LoggedEvent) ([]byte, error) {
	parts := []string{"event", e.ID, e.Register, strconv.Itoa(e.Code), e.Label, instant(e.At), e.By, e.Source}
	if key := e.brings(); key != "" {
		k, err := keyOf(q, key)
		if err != nil {
			return nil, err
		}
		r, err := registerOf(q, e.Register)
		if err != nil {
			return nil, err
		}
		parts = append(parts, "key", k.ID, k.Register, k.Algorithm, fmt.Sprintf("%x", k.Public), instant(k.CreatedAt), "register", r.ID, r.Kind, r.Label, instant(r.OpenedAt))
	}
	text, err := joinFields(parts)
	return []byte(text), err
}
