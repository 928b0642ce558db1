package cashbox

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
)

// maxLines is the most lines of a statement.
const maxLines = 20_000

// Statement is what moved in a box over a period, line by line.
type Statement struct {
	Box              Box
	First, Last      day.Day
	Opening, Closing money.Amount // before the first day, at the end of the last
	Lines            []Line       // by date, then as recorded
}

// Line is a movement, or a line of another act that moved the box.
type Line struct {
	EntryID   string
	Seq       int64
	On        day.Day
	At        time.Time
	By        string // user
	Kind      Kind   // "" for what is no movement
	What      string // the type in words
	Comment   string
	Party     string
	Method    string
	Item      string
	Amount    money.Amount // + in, − out
	After     money.Amount // what the box held of the method when it was recorded; it never changes
	BackDated bool
	Struck    bool // undone since: it counts no more
	Movement  Recorded
}

// others are the acts of other rooms that move a box, by the kind of their entries.
var others = map[string]string{"daysheet": "Journée de caisse", "opening": "Soldes de départ", "reversal": "Annulation"}

// LoadStatement reads a statement. Fault Invalid when the period holds too many lines.
func LoadStatement(q db.Querier, b Box, first, last day.Day) (Statement, error) {
	s := Statement{Box: b, First: first, Last: last}
	var err error
	if s.Opening, err = balanceOn(q, b.ID, first.Add(-1)); err != nil {
		return s, err
	}
	if s.Closing, err = balanceOn(q, b.ID, last); err != nil {
		return s, err
	}
	lines, err := ledger.Statement(q, ledger.Filter{Prefix: Prefix(b.ID), First: first, Last: last, Limit: maxLines + 1})
	if err != nil {
		return s, err
	}
	if len(lines) > maxLines {
		return s, fault.Newf(fault.Invalid, "Ce relevé dépasse %s lignes. Choisissez une période plus courte.", locale.Int(maxLines))
	}
	movements, err := Movements(q, b.ID, first, last)
	if err != nil {
		return s, err
	}
	s.fill(lines, movements)
	return s, nil
}

func balanceOn(q db.Querier, box string, on day.Day) (sum money.Amount, err error) {
	balances, err := ledger.BalancesOn(q, Prefix(box), on)
	for _, b := range balances {
		sum += b
	}
	return sum, err
}

// fill makes the lines of a statement. What was undone on its own day is one line, struck through: its opposite stays underneath.
func (s *Statement) fill(lines []ledger.StatementLine, movements []Recorded) {
	byEntry := make(map[string]Recorded, len(movements))
	for _, m := range movements {
		byEntry[m.EntryID] = m
	}
	days, undone := map[string]day.Day{}, map[string]bool{}
	for _, l := range lines {
		days[l.Entry.ID] = l.Entry.On
	}
	for _, l := range lines {
		if l.Entry.Reverses != "" && days[l.Entry.Reverses] == l.Entry.On {
			undone[l.Entry.Reverses] = true
		}
	}
	for _, l := range lines {
		m, isMovement := byEntry[l.Entry.ID]
		hidden := l.Entry.Reverses != "" && undone[l.Entry.Reverses]
		if hidden {
			continue
		}
		line := Line{EntryID: l.Entry.ID, Seq: l.Entry.Seq, On: l.Entry.On, At: l.Entry.At, By: l.Entry.By, Party: l.Party, Method: strings.TrimPrefix(l.Account, Prefix(s.Box.ID)),
			Item: l.Entry.Item, Amount: l.Amount, After: l.After, BackDated: l.Entry.BackDated}
		if isMovement {
			line.Kind, line.What, line.Comment, line.Struck, line.Movement = m.Kind, m.Kind.Label(), m.Memo, m.Reversed, m
		} else {
			line.What, line.Comment, line.Struck = other(l), l.Memo, undone[l.Entry.ID]
		}
		s.Lines = append(s.Lines, line)
	}
}

// other names what is no movement: the act in words, or what its entry says.
func other(l ledger.StatementLine) string {
	if what := others[l.Entry.Kind]; what != "" {
		return what
	}
	return l.Entry.Memo
}

// Query chooses and sorts lines of a statement.
type Query struct {
	First, Last day.Day
	Text        string
	Kind        string // a kind of movement, OtherActs, or "" for all
	Item        string
	Method      string
	Person      string
	Sort        string
}

// OtherActs chooses what is no movement.
const OtherActs = "autres"

// Ways to sort.
const (
	NewestFirst = ""
	OldestFirst = "ancien"
	ByAmount    = "montant"
)

// Found is what a query finds in a statement, and what those that count come to.
type Found struct {
	Lines   []Line
	In, Out money.Amount // both ≥ 0
}

// Find chooses lines. names gives the words of ids, to search in them.
func (s Statement) Find(query Query, names map[string]string) Found {
	var f Found
	for _, l := range s.Lines {
		if !query.takes(l, names) {
			continue
		}
		f.Lines = append(f.Lines, l)
		switch {
		case l.Struck:
		case l.Amount > 0:
			f.In += l.Amount
		default:
			f.Out -= l.Amount
		}
	}
	switch query.Sort {
	case NewestFirst:
		slices.Reverse(f.Lines)
	case ByAmount:
		slices.SortStableFunc(f.Lines, func(a, b Line) int { return cmp.Compare(b.Amount.Abs(), a.Amount.Abs()) })
	}
	return f
}

func (q Query) takes(l Line, names map[string]string) bool {
	switch {
	case q.Kind == OtherActs && l.Kind != "", q.Kind != "" && q.Kind != OtherActs && string(l.Kind) != q.Kind:
		return false
	case q.Item != "" && l.Item != q.Item, q.Method != "" && l.Method != q.Method, q.Person != "" && l.By != q.Person:
		return false
	}
	if q.Text == "" {
		return true
	}
	m := l.Movement
	words := strings.Join([]string{l.What, l.Comment, names[l.Party], names[l.By], names[l.Item], names[m.Role], names[m.Box], names[m.ToBox], m.Reason, locale.Amount(l.Amount), locale.Input(l.Amount.Abs())}, " ")
	return strings.Contains(locale.Fold(words), locale.Fold(q.Text))
}
