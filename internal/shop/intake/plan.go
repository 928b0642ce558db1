package intake

import (
	"errors"
	"slices"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/party"
)

// Fault is what is wrong on a line of a file.
type Fault struct {
	Line int // from 1; 0: the file as a whole
	Text string
}

// Entry is a thing that would come in.
type Entry struct {
	Line   int    // where it begins in the file
	Label  string // a day and its box, a name
	Detail string
	Gross  money.Amount // of a day
	Taken  money.Amount
	Remark string // what will be left out or stay to be looked at; it stops nothing
	Skip   bool   // it is there already
	day    dayEntry
	card   party.Party
}

// Plan is what a file would bring in.
type Plan struct {
	Titles  []string
	Rows    int // lines read below the titles
	Sample  [][]string
	Entries []Entry
	Faults  []Fault
	Labels  []Label // labels of lines, to be matched; none when the columns need none
}

// Label is a label found on lines.
type Label struct {
	Field  string // of the form
	Text   string
	Target string
	Lines  int
}

// Brings is how many things would come in.
func (p Plan) Brings() int {
	n := 0
	for _, e := range p.Entries {
		if !e.Skip {
			n++
		}
	}
	return n
}

// planner makes a plan.
type planner struct {
	q         db.Querier
	registers Registers
	mapping   Mapping
	plan      Plan
}

// planOf reads a file by a matching and says what it would bring in, with every fault on its line.
func planOf(q db.Querier, i Intake, rows [][]string, r Registers) (Plan, error) {
	p := planner{q: q, registers: r, mapping: i.Mapping}
	if h := i.Mapping.Header; h > 0 && h <= len(rows) {
		p.plan.Titles = rows[h-1]
	}
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	for len(p.plan.Titles) < width {
		p.plan.Titles = append(slices.Clip(p.plan.Titles), "")
	}
	for n := i.Mapping.Header; n < len(rows) && len(p.plan.Sample) < 3; n++ {
		if !empty(rows[n]) {
			p.plan.Sample = append(p.plan.Sample, rows[n])
		}
	}
	var err error
	if i.Kind == Days {
		err = p.days(rows)
	} else {
		err = p.cards(i.Kind, rows)
	}
	slices.SortStableFunc(p.plan.Faults, func(a, b Fault) int { return a.Line - b.Line })
	return p.plan, err
}

func empty(row []string) bool {
	return !slices.ContainsFunc(row, func(cell string) bool { return cell != "" })
}

func (p *planner) refuse(line int, text string) {
	p.plan.Faults = append(p.plan.Faults, Fault{line, text})
}

// cell is what a line holds for a target, "" when no column or nothing.
func (p *planner) cell(row []string, target string) string {
	if at := p.mapping.column(target); at >= 0 && at < len(row) {
		return row[at]
	}
	return ""
}

// said is the French text of a fault, and of its fields.
func said(err error) string {
	f, is := errors.AsType[*fault.Fault](err)
	if !is {
		return "Le programme a rencontré un défaut."
	}
	if len(f.Fields) == 0 {
		return f.Message
	}
	text := ""
	for _, name := range sortedNames(f.Fields) {
		if text != "" {
			text += " "
		}
		text += f.Fields[name]
	}
	return text
}
