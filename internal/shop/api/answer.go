package api

import (
	"encoding/json"
	"time"

	"encaisse/internal/books/period"
	"encaisse/internal/shop/daysheet"
)

// stateOf says where a day stands; url is the address of its page.
func stateOf(p daysheet.Page, url string) DayState {
	s := DayState{Box: p.Box.ID, Date: p.On, State: "open", URL: url}
	switch v := p.Current(); {
	case v != nil:
		s.State, s.Source, s.Version, s.Number, s.At = "closed", string(v.Source), v.Number, int(v.Seq), v.At.Format(time.RFC3339)
		if p.State == period.Locked {
			s.State = "locked"
		}
	case p.Draft != nil:
		s.State, s.Source, s.At = "draft", string(daysheet.SourceOf(p.Draft.Fields)), p.Draft.At.Format(time.RFC3339)
	}
	return s
}

// sheetOf gives a day sheet as it stands: the version closed last, else the draft.
func sheetOf(p daysheet.Page, url string) (SheetOut, error) {
	out := SheetOut{DayState: stateOf(p, url), Sales: []SaleOut{}, Payments: []MethodOut{}}
	v := p.Current()
	if v == nil {
		if p.Draft != nil {
			figures, _ := daysheet.Read(p.Draft.Fields, p.Setup) // a draft may hold anything: what does not read counts for nothing
			out.computed(daysheet.Compute(figures, p.Setup))
		}
		return out, nil
	}
	var c daysheet.Content
	if err := json.Unmarshal([]byte(v.Content), &c); err != nil {
		return out, err
	}
	out.figures(c.Figures)
	out.Gross, out.Net, out.Tax, out.Taken = Amount(c.Gross), Amount(c.Net), Amount(c.Tax), Amount(c.Taken)
	out.Breakdown, out.OverShort = Amount(c.Breakdown), Amount(c.OverShort)
	for _, l := range c.Sales {
		out.Sales = append(out.Sales, SaleOut{Category: l.ID, Label: l.Label, Rate: int(l.Rate), Gross: Amount(l.Gross), Net: Amount(l.Net), Tax: Amount(l.Tax)})
	}
	for _, m := range c.Methods {
		line := MethodOut{Method: m.ID, Label: m.Label, Taken: Amount(m.Taken), OverShort: Amount(m.OverShort), Remitted: Amount(m.Remitted)}
		if m.Counted != nil {
			counted := Amount(*m.Counted)
			line.Counted = &counted
		}
		out.Payments = append(out.Payments, line)
	}
	return out, nil
}

func (out *SheetOut) figures(f daysheet.Figures) {
	out.Z, out.SalesCount, out.CustomerCount, out.Note = f.ZNumber, f.SalesCount, f.CustomerCount, f.Note
}

// computed gives what a draft comes to. What should be in the box is left out: who counts it must not know.
func (out *SheetOut) computed(sheet daysheet.Sheet) {
	out.figures(sheet.Figures)
	out.Gross, out.Net, out.Tax, out.Taken, out.Breakdown = Amount(sheet.Gross), Amount(sheet.Net), Amount(sheet.Tax), Amount(sheet.Paid), Amount(sheet.Breakdown)
	for _, l := range sheet.Sales {
		if l.Typed {
			out.Sales = append(out.Sales, SaleOut{Category: l.Category.ID, Label: l.Category.Label, Rate: int(l.Category.Rate), Gross: Amount(l.Gross), Net: Amount(l.Net), Tax: Amount(l.Tax)})
		}
	}
	for _, m := range sheet.Methods {
		if m.Typed || m.IsCounted {
			line := MethodOut{Method: m.Method.ID, Label: m.Method.Label, Taken: Amount(m.Taken), Remitted: Amount(m.Remitted)}
			if m.IsCounted {
				counted := Amount(m.Counted)
				line.Counted = &counted
			}
			out.Payments = append(out.Payments, line)
		}
	}
}
