package daysheet

import (
	"encoding/json"
	"fmt"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
	"encaisse/internal/books/seal"
)

// Content is the whole of a closed sheet, as sealed: the figures typed, and what they came to on that day with the labels and rates of
// that day. Its JSON has one form: fields in this order, maps by ascending key. Customers are named by id only.
type Content struct {
	ID           string          `json:"id"`
	Box          string          `json:"box"`
	On           day.Day         `json:"on"`
	Version      int             `json:"version"`
	Seq          int64           `json:"seq"`
	EntryID      string          `json:"entry"`
	Source       Source          `json:"source"`
	Figures      Figures         `json:"figures"`
	Sales        []ContentSale   `json:"salesLines"`
	Rates        []ContentRate   `json:"rates"`
	Methods      []ContentMethod `json:"methods"`
	Gross        money.Amount    `json:"gross"`
	Net          money.Amount    `json:"net"`
	Tax          money.Amount    `json:"tax"`
	Taken        money.Amount    `json:"taken"`
	Breakdown    money.Amount    `json:"breakdown"`
	OverShort    money.Amount    `json:"overShort"`
	Unexplained  money.Amount    `json:"unexplained"`
	Perpetual    money.Amount    `json:"perpetual"`
	PerpetualAbs money.Amount    `json:"perpetualAbs"`
	Reason       string          `json:"reason"`
	By           string          `json:"by"`
	At           int64           `json:"at"` // UTC microseconds
}

// ContentSale is a category of a sealed sheet.
type ContentSale struct {
	ID    string       `json:"id"`
	Label string       `json:"label"`
	Rate  int64        `json:"rate"`
	Gross money.Amount `json:"gross"`
	Net   money.Amount `json:"net"`
	Tax   money.Amount `json:"tax"`
}

// ContentRate is the total of a VAT rate of a sealed sheet.
type ContentRate struct {
	Rate  int64        `json:"rate"`
	Gross money.Amount `json:"gross"`
	Net   money.Amount `json:"net"`
	Tax   money.Amount `json:"tax"`
}

// ContentMethod is a payment method of a sealed sheet.
type ContentMethod struct {
	ID        string        `json:"id"`
	Label     string        `json:"label"`
	Taken     money.Amount  `json:"taken"`
	Opening   money.Amount  `json:"opening"`
	Expected  money.Amount  `json:"expected"`
	Counted   *money.Amount `json:"counted"`
	OverShort money.Amount  `json:"overShort"`
	Remitted  money.Amount  `json:"remitted"`
}

// fill copies what a sheet came to.
func (c *Content) fill(s Sheet) {
	c.Figures, c.Gross, c.Net, c.Tax, c.Taken = s.Figures, s.Gross, s.Net, s.Tax, s.Paid
	c.Breakdown, c.OverShort, c.Unexplained = s.Breakdown, s.OverShort, s.Unexplained()
	for _, l := range s.Sales {
		if l.Typed {
			c.Sales = append(c.Sales, ContentSale{l.Category.ID, l.Category.Label, int64(l.Category.Rate), l.Gross, l.Net, l.Tax})
		}
	}
	for _, r := range s.Rates {
		c.Rates = append(c.Rates, ContentRate{int64(r.Rate), r.Gross, r.Net, r.Tax})
	}
	for _, m := range s.Methods {
		line := ContentMethod{ID: m.Method.ID, Label: m.Method.Label, Taken: m.Taken, Opening: m.Opening, Expected: m.Expected, OverShort: m.OverShort, Remitted: m.Remitted}
		if m.IsCounted {
			counted := m.Counted
			line.Counted = &counted
		}
		c.Methods = append(c.Methods, line)
	}
}

func (c Content) bytes() []byte {
	text, err := json.Marshal(c)
	if err != nil {
		panic("daysheet: content: " + err.Error()) // integers, text and maps of them always marshal
	}
	return text
}

// record is what the seal signs of a sheet (LAW-ISCA-S-2: totals per rate, total, perpetual totals, period, number).
func (c Content) record() seal.Record {
	rates := make([]string, len(c.Rates))
	for i, r := range c.Rates {
		rates[i] = fmt.Sprintf("%04d:%d", r.Rate, r.Gross)
	}
	return seal.Record{Register: seal.Office, Chain: "daysheet", SourceKind: "daysheet", SourceID: c.ID, On: c.On, Content: c.bytes(),
		Fields: []string{c.Box, fmt.Sprint(c.Seq), fmt.Sprint(c.Version), strings.Join(rates, "|"), fmt.Sprint(int64(c.Gross)), fmt.Sprint(int64(c.Perpetual)), fmt.Sprint(int64(c.PerpetualAbs))}}
}

// version is the row of a sealed sheet.
func (c Content) version() Version {
	v := Version{ID: c.ID, Box: c.Box, On: c.On, Number: c.Version, Seq: c.Seq, EntryID: c.EntryID, Source: c.Source, ZNumber: c.Figures.ZNumber, Gross: c.Gross, Net: c.Net, Tax: c.Tax,
		Taken: c.Taken, Breakdown: c.Breakdown, OverShort: c.OverShort, Unexplained: c.Unexplained, Perpetual: c.Perpetual, PerpetualAbs: c.PerpetualAbs,
		Reason: c.Reason, Content: string(c.bytes()), By: c.By}
	if c.Figures.SalesCount != nil {
		v.SalesCount = *c.Figures.SalesCount
	}
	if c.Figures.CustomerCount != nil {
		v.CustomerCount = *c.Figures.CustomerCount
	}
	return v
}
