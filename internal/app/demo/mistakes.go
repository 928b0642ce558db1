package demo

import (
	"maps"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
)

// late is what somebody does in the days after a closing.
type late struct {
	from day.Day
	do   func(tx *db.Tx, today day.Day) error
}

// The mistakes of an evening.
const (
	swapped   = "two lines of the ticket exchanged"
	inCash    = "a card sale typed in cash"
	missing   = "a card slip missing: closed in spite of the difference"
	forgotten = "an expense forgotten"
)

// mistake is the mistake made in a till on a day, "" for none, which is most days. The last days are quiet.
func (b *builder) mistake(t *till, on day.Day) string {
	if b.Today.Since(on) <= quietDays {
		return ""
	}
	switch roll := throw(b.Seed, "mistake", t.name, string(on)).n(1000); {
	case roll < 9:
		return swapped
	case roll < 20:
		return inCash
	case roll < 23:
		return missing
	case roll < 35:
		return forgotten
	}
	return ""
}

// spoil makes a mistake in what is typed, and plans its repair. It gives what was typed wrong.
func (b *builder) spoil(t *till, p *plan, right map[string]string, held map[tender.Kind]money.Amount, on day.Day, by string) map[string]string {
	d := throw(b.Seed, "spoil", t.name, string(on))
	cash, card := b.methods[tender.Cash], b.methods[tender.Card]
	wrong := maps.Clone(right)
	amount := d.euros(1200, 4800, 10)
	switch b.mistake(t, on) {
	case swapped:
		first, second := daysheet.FieldSale+b.categories[0].ID, daysheet.FieldSale+b.categories[1].ID
		wrong[first], wrong[second] = right[second], right[first]
		b.repair(t, on, 1, right, by, "Deux rayons inversés à la saisie")
	case inCash:
		amount = min(amount, p.taken[tender.Card])
		wrong[daysheet.FieldTaken+cash], wrong[daysheet.FieldTaken+card] = locale.Input(p.taken[tender.Cash]+amount), locale.Input(p.taken[tender.Card]-amount)
		wrong[daysheet.FieldCounted+card] = locale.Input(held[tender.Card] + p.taken[tender.Card] - amount)
		wrong[daysheet.FieldReason+cash], wrong[daysheet.FieldReasonNote+cash] = "entry", ""
		b.repair(t, on, 1, right, by, "Vente par carte passée en espèces")
	case missing:
		amount = min(amount, p.taken[tender.Card])
		wrong[daysheet.FieldTaken+card] = locale.Input(p.taken[tender.Card] - amount)
		wrong[daysheet.FieldCounted+card] = locale.Input(held[tender.Card] + p.taken[tender.Card] - amount)
		wrong[daysheet.FieldBreakdown] = "Un ticket de carte est introuvable"
		b.repair(t, on, 1, right, by, "Ticket de carte retrouvé")
	case forgotten:
		b.forget(t, p, wrong, held[tender.Cash], on, by)
	}
	return wrong
}

// repair plans the correction of a sheet.
func (b *builder) repair(t *till, on day.Day, after int, right map[string]string, by, reason string) {
	key := id.New()
	b.lates = append(b.lates, late{from: on.Add(after), do: func(tx *db.Tx, _ day.Day) error {
		_, err := daysheet.Correct(tx, daysheet.Request{Key: key, Box: t.id, On: on, Fields: right, By: by, MayForce: true, MayExceed: true, Reason: reason})
		return err
	}})
}

// forget makes the drawer miss an expense that is recorded, back-dated, the next morning.
func (b *builder) forget(t *till, p *plan, fields map[string]string, held money.Amount, on day.Day, by string) {
	m := b.expense(t, on, throw(b.Seed, "forgotten", t.name, string(on)))
	counted := held + p.taken[tender.Cash] - m.Amount
	if counted < 0 {
		return
	}
	cash := b.methods[tender.Cash]
	for name := range fields {
		if len(name) > len(daysheet.FieldPieces) && name[:len(daysheet.FieldPieces)] == daysheet.FieldPieces {
			delete(fields, name)
		}
	}
	fields[daysheet.FieldCounted+cash] = locale.Input(counted)
	delete(fields, daysheet.FieldReason+cash)
	if m.Amount > b.tolerance {
		fields[daysheet.FieldReason+cash] = "expense"
	}
	delete(fields, daysheet.FieldReasonNote+cash)
	delete(fields, daysheet.FieldRemitted)
	b.lates = append(b.lates, late{from: on.Add(1), do: func(tx *db.Tx, today day.Day) error {
		return record(tx, m, today, by, "Dépense oubliée le "+locale.Date(on))
	}})
}

// oldCorrection corrects, some weeks later and by the accountant, a day that is locked.
func (b *builder) oldCorrection(t *till, on day.Day, right map[string]string) {
	d := throw(b.Seed, "old", t.name, string(on))
	if !d.chance(7) || b.Today.Since(on) <= quietDays || b.mistake(t, on) != "" {
		return
	}
	fields := maps.Clone(right)
	first, third := daysheet.FieldSale+b.categories[0].ID, daysheet.FieldSale+b.categories[4].ID
	moved := d.euros(1000, 3000, 50)
	if !shift(fields, first, third, moved) {
		return
	}
	b.repair(t, on, lockDays+d.between(2, 14), fields, b.people[accountant].id, "Vins enregistrés en épicerie")
}

// shift moves an amount from a field to another.
func shift(fields map[string]string, from, to string, moved money.Amount) bool {
	a, _, err := locale.ParseAmount(fields[from])
	c, _, err2 := locale.ParseAmount(fields[to])
	if err != nil || err2 != nil || a <= moved {
		return false
	}
	fields[from], fields[to] = locale.Input(a-moved), locale.Input(c+moved)
	return true
}

// strayExpense is the unexplained gap of these days: an expense recorded on a day whose drawer was right without it.
func (b *builder) strayExpense(tx *db.Tx, t *till, on, today day.Day) error {
	m := cashbox.Movement{ID: id.New(), Box: t.id, Method: b.methods[tender.Cash], Kind: cashbox.Expense, Amount: 2490, On: on, Party: b.suppliers["Droguerie Martin"], Role: "expense.supplies", Rate: 2000, Memo: "cadenas du rideau"}
	return record(tx, m, today, b.people[manager].id, "Dépense saisie après la clôture")
}
