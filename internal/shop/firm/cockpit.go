package firm

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/question"
	"encaisse/internal/shop/staff"

	"golang.org/x/text/unicode/norm"
	"unicode"
)

// Row is a company in the month.
type Row struct {
	company.Ref
	Keepers  []string // names of who looks after it
	Boxes    int
	Known    bool // its summary is there
	Days     []Cell
	Missing  int // open days gone by without a sheet
	Gaps     int // closed with an over-short nobody explained, or a breakdown difference
	Drafts   int // typed and not closed, today left out
	Closed   int // days with a sheet
	Left     int // of those, how many left for the accountant
	Over     bool
	Asked    question.Count // questions open
	Reminded time.Time      // last reminder about the month, zero when none
	sortKey  string
	search   string
}

// Cell is a day of a company.
type Cell struct {
	State    daysheet.CellState
	Exported bool
}

// newRow counts a month of a company on a day.
func newRow(f staff.FirmFile, keepers []string, s daysheet.Summary, known bool, month day.Month, today day.Day) Row {
	n := month.Last().Time().Day()
	r := Row{Ref: f.Ref, Keepers: keepers, Boxes: s.Boxes, Known: known, Over: month.Last() < today, Days: make([]Cell, n)}
	r.sortKey = plain(f.Name)
	r.search = plain(f.Name + " " + strings.Join(keepers, " "))
	for i := range n {
		state, exported := s.State(i+1, today)
		r.Days[i] = Cell{state, exported}
		switch state {
		case daysheet.CellMissing:
			r.Missing++
		case daysheet.CellDraft:
			if month.First().Add(i) != today {
				r.Drafts++
			}
		case daysheet.CellGap:
			r.Gaps++
			r.Closed++
		case daysheet.CellDone, daysheet.CellLocked:
			r.Closed++
		}
		if exported && (state == daysheet.CellGap || state == daysheet.CellDone || state == daysheet.CellLocked) {
			r.Left++
		}
	}
	return r
}

// Exported tells whether the whole month left.
func (r Row) Exported() bool { return r.Closed > 0 && r.Left == r.Closed }

// Ready tells whether the month may leave: it is over, every day is closed.
func (r Row) Ready() bool {
	return r.Over && r.Missing == 0 && r.Drafts == 0 && r.Closed > 0 && !r.Exported()
}

// Waits tells whether something is to be done.
func (r Row) Waits() bool { return r.Missing+r.Gaps+r.Drafts > 0 }

func (r Row) weight() int { return 2*r.Missing + 3*r.Gaps + r.Drafts }

// Filter chooses companies.
type Filter string

// The filters.
const (
	All      Filter = ""
	Waiting  Filter = "a-traiter"
	Missing  Filter = "manquantes"
	Gaps     Filter = "ecarts"
	Drafts   Filter = "brouillons"
	Ready    Filter = "prets"
	Exported Filter = "exportes"
	Asked    Filter = "questions"
)

// filters lists them with their French names.
var filters = []struct {
	filter Filter
	label  string
}{{All, "Tous"}, {Waiting, "À traiter"}, {Missing, "Journées manquantes"}, {Gaps, "Écarts"}, {Drafts, "Brouillons"}, {Asked, "Questions en attente"}, {Ready, "Prêts à exporter"}, {Exported, "Exportés"}}

// keeps tells whether a company passes a filter.
func (f Filter) keeps(r Row) bool {
	switch f {
	case Waiting:
		return r.Waits()
	case Missing:
		return r.Missing > 0
	case Gaps:
		return r.Gaps > 0
	case Drafts:
		return r.Drafts > 0
	case Asked:
		return r.Asked.Open() > 0
	case Ready:
		return r.Ready()
	case Exported:
		return r.Exported()
	}
	return true
}

// sortWorst puts the companies where most is to be done first, then by name.
func sortWorst(rows []Row) {
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.weight(), a.weight()), strings.Compare(a.sortKey, b.sortKey), strings.Compare(a.ID, b.ID))
	})
}

// matching keeps the rows whose name or keeper holds every word.
func matching(rows []Row, words string) []Row {
	wanted := strings.Fields(plain(words))
	return slices.DeleteFunc(rows, func(r Row) bool {
		return slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(r.search, w) })
	})
}

// plain is a text in lower case without accents.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
}
