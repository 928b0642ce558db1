package scan

import (
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
)

// Check is one thing a ticket lets one verify.
type Check struct {
	Label string
	OK    bool
	Text  string
}

// sums are what the rows of a proposal add up to, by target.
type sums map[string]money.Amount

// Figures gives the fields of the day sheet that a proposal fills, and the sums of its controls. What does not read is named in the fault.
func (p Proposal) Figures() (fields map[string]string, s sums, err error) {
	fields, s = map[string]string{}, sums{}
	refused := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	if p.Z.Value != "" {
		fields[daysheet.FieldZ] = p.Z.Value
		if len([]rune(p.Z.Value)) > 30 {
			refused.Field(fieldZ, "Ce numéro s’arrête à 30 caractères.")
		}
	}
	counts := map[string]bool{}
	for _, row := range p.Rows {
		switch {
		case row.Value == "":
		case row.Target == "":
			if row.amount() != 0 {
				refused.Field(targetName(row.N), "Dites ce que compte cette ligne, ou de la laisser.")
			}
		case counted(row.Target):
			if _, _, err := locale.ParseCount(row.Value); err != nil {
				refused.Field(amountName(row.N), err.Error())
			} else if counts[row.Target] {
				refused.Field(targetName(row.N), "Une autre ligne donne déjà ce nombre.")
			}
			fields[row.Target], counts[row.Target] = row.Value, true
		default:
			a, _, err := locale.ParseAmount(row.Value)
			if err != nil {
				refused.Field(amountName(row.N), err.Error())
				continue
			}
			s[row.Target] += a
			if row.Target != inTotal && row.Target != inPaid && row.Target != inTax {
				fields[row.Target] = locale.Input(s[row.Target])
			}
		}
	}
	if len(refused.Fields) > 0 {
		return fields, s, refused
	}
	return fields, s, nil
}

// amount is what a row says, 0 when it does not read.
func (row Row) amount() money.Amount {
	a, _, _ := locale.ParseAmount(row.Value)
	return a
}

// checks compares what a ticket says several times.
func (p Proposal) checks(r Registers) []Check {
	fields, s, _ := p.Figures() // what does not read is said beside its field
	read, _ := daysheet.Read(fields, r.Setup)
	sheet := daysheet.Compute(read, r.Setup)
	var list []Check
	compare := func(label string, got, want money.Amount, of string) {
		c := Check{Label: label, OK: got == want, Text: locale.Euro(got) + ", comme " + of + "."}
		if !c.OK {
			c.Text = locale.Euro(got) + ", alors que " + of + " dit " + locale.Euro(want) + "\u00a0: " + locale.SignedEuro(got-want) + "."
		}
		list = append(list, c)
	}
	sold, paid := sheet.Gross, total(takenOf(read))
	if want, read := s[inTotal]; read {
		compare("Somme des ventes", sold, want, "le total du ticket")
	}
	if want, read := s[inPaid]; read {
		compare("Somme des règlements", paid, want, "le total des règlements du ticket")
	}
	if sold != 0 && paid != 0 {
		list = append(list, balanceCheck(paid, sheet.Due))
	}
	if want, read := s[inTax]; read && r.Setup.Settings.VATRegime != company.Franchise {
		list = append(list, taxCheck(sheet.Tax, want, len(sheet.Rates)))
	}
	return list
}

// balanceCheck compares what was taken with what was to be.
func balanceCheck(paid, due money.Amount) Check {
	c := Check{Label: "Règlements et ventes", OK: paid == due, Text: locale.Euro(paid) + " des deux côtés."}
	if !c.OK {
		c.Text = locale.Euro(paid) + " réglés pour " + locale.Euro(due) + " à encaisser\u00a0: " + locale.SignedEuro(paid-due) + "."
	}
	return c
}

// taxCheck compares the VAT of the sheet with that of the ticket: a till rounds sale by sale, which shifts a few cents.
func taxCheck(computed, read money.Amount, rates int) Check {
	allowed := money.Amount(5 * max(1, rates))
	c := Check{Label: "TVA", OK: (computed - read).Abs() <= allowed}
	switch {
	case computed == read:
		c.Text = locale.Euro(computed) + ", comme sur le ticket."
	case c.OK:
		c.Text = locale.Euro(computed) + " calculés, " + locale.Euro(read) + " sur le ticket\u00a0: la différence vient des arrondis."
	default:
		c.Text = locale.Euro(computed) + " calculés avec les taux des rayons, alors que le ticket dit " + locale.Euro(read) + "."
	}
	return c
}

func takenOf(f daysheet.Figures) (list []money.Amount) {
	for _, a := range f.Taken {
		list = append(list, a)
	}
	return list
}
