package demo

import (
	"strconv"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
)

// plan is what a till sells and takes in a day.
type plan struct {
	gross        money.Amount
	sales        []money.Amount // by category, in the order of the ticket Z
	salesCount   int
	customers    int
	vouchersSold money.Amount
	vouchersUsed money.Amount
	granted      map[string]money.Amount // by customer
	repaid       map[string]money.Amount
	overpayment  money.Amount
	taken        map[tender.Kind]money.Amount
	overShort    money.Amount
	note         string
}

// draw plans the day of a till.
func (b *builder) draw(t *till, on day.Day) *plan {
	p := &plan{gross: b.turnover(t, on), taken: map[tender.Kind]money.Amount{}, granted: map[string]money.Amount{}, repaid: map[string]money.Amount{}}
	d := throw(b.Seed, "plan", t.name, string(on))
	weights := make([]money.Amount, len(b.categories))
	for i, c := range b.categories {
		weights[i] = lineWeight(c.Label, on.Time().Month(), d)
	}
	p.sales = money.Split(p.gross, weights)
	p.salesCount = max(1, int(p.gross/share(t.basket, d.around(70))))
	p.customers = p.salesCount - d.n(p.salesCount/25+1)
	p.gifts(d, b, on)
	p.credit(d, b, t, on)
	if d.chance(30) {
		p.overpayment = pick(d, []money.Amount{50, 100, 200, 300, -20, -50, -100})
	}
	p.pay(d, t, on)
	p.overShort = b.drawerGap(t, on)
	if d.chance(25) {
		p.note = pick(d, []string{"Pluie toute la journée.", "Marché très fréquenté.", "Travaux devant la boutique.", "Panne du terminal de 11 h à midi.", "Livraison en retard, rayon frais vide le matin.", "Dégustation de fromages."})
	}
	return p
}

// gifts are the gift vouchers sold and used: many before Christmas and Mother’s Day, used in the weeks after.
func (p *plan) gifts(d dice, b *builder, on day.Day) {
	sold, used := 25, 32
	switch on.Time().Month() {
	case time.December:
		sold = 240
	case time.November, time.May:
		sold = 100
	case time.January, time.February:
		used = 120
	}
	if d.chance(sold) {
		p.vouchersSold = pick(d, []money.Amount{2000, 3000, 3000, 5000, 5000, 8000})
	}
	if wanted := pick(d, []money.Amount{1500, 2000, 2000, 3000, 4500}); d.chance(used) {
		p.vouchersUsed = min(wanted, b.vouchers, p.gross/4)
	}
}

// credit is what customers take on account, and what they settle at the beginning of the month.
func (p *plan) credit(d dice, b *builder, t *till, on day.Day) {
	for i, customer := range b.customers {
		here := i%2 == len(t.shop.tills)%2 // each customer keeps to one shop
		if !here || t.name == "Caisse 2" {
			continue
		}
		if i < 4 && d.chance(110) || d.chance(45) {
			if amount := d.euros(790, 6400, 35); amount < p.gross/6 && b.credit[customer] < 35000 {
				p.granted[customer] = amount
			}
		}
		if owed := b.credit[customer]; on.Time().Day() <= 10 && owed > 1500 && d.chance(260) {
			p.repaid[customer] = owed
			if d.chance(180) {
				p.repaid[customer] = owed / 200 * 100
			}
		}
	}
}

// pay shares what is due over the payment methods: the card takes the rest.
func (p *plan) pay(d dice, t *till, on day.Day) {
	due := p.gross + p.vouchersSold + p.overpayment
	var repaid, granted money.Amount
	for _, a := range p.repaid {
		repaid += a
	}
	for _, a := range p.granted {
		granted += a
	}
	p.taken[tender.OnAccount], p.taken[tender.Voucher] = granted, p.vouchersUsed
	rest := due - granted - p.vouchersUsed
	if d.chance(340) {
		for range d.between(1, 3) {
			if cheque := d.euros(1450, 7900, 5); cheque < rest/8 {
				p.taken[tender.Cheque] += cheque
			}
		}
	}
	if on.Weekday() != time.Sunday {
		p.taken[tender.Meal] = share(rest, d.between(25, 70)) / 10 * 10
	}
	if repaid > 0 && d.chance(600) {
		p.taken[tender.Cheque] += repaid
	} else {
		rest += repaid
	}
	years := money.Amount(on.Since("2024-01-01")) / 365
	p.taken[tender.Cash] = share(rest, max(120, t.cash-int(years)*12)*d.around(90)/1000)
	p.taken[tender.Card] = due + repaid - granted - p.vouchersUsed - p.taken[tender.Cheque] - p.taken[tender.Meal] - p.taken[tender.Cash]
}

// drawerGap is what the drawer misses or has too much: mostly nothing, now and then some coins, seldom a note. The last days have small gaps
// only: what is remarkable about them is chosen.
func (b *builder) drawerGap(t *till, on day.Day) money.Amount {
	d := throw(b.Seed, "gap", t.name, string(on))
	sign := pick(d, []money.Amount{-1, -1, 1})
	switch roll := d.n(1000); {
	case roll < 620:
		return 0
	case roll < 890 || b.Today.Since(on) <= quietDays:
		return sign * d.euros(5, 150, 5)
	case roll < 970:
		return sign * d.euros(150, 450, 10)
	default:
		return sign * d.euros(520, 2400, 20)
	}
}

// fields types a plan. held is what the drawer, and each other method, held before the sheet.
func (b *builder) fields(t *till, p *plan, held map[tender.Kind]money.Amount, on day.Day) map[string]string {
	f := map[string]string{daysheet.FieldZ: strconv.Itoa(t.z), daysheet.FieldSalesCount: strconv.Itoa(p.salesCount), daysheet.FieldCustomers: strconv.Itoa(p.customers), daysheet.FieldNote: p.note}
	amount := func(name string, a money.Amount) {
		if a != 0 {
			f[name] = locale.Input(a)
		}
	}
	for i, c := range b.categories {
		amount(daysheet.FieldSale+c.ID, p.sales[i])
	}
	amount(daysheet.FieldVouchers, p.vouchersSold)
	amount(daysheet.FieldOverpayment, p.overpayment)
	for customer, a := range p.granted {
		amount(daysheet.FieldGrantedTo+customer, a)
	}
	for customer, a := range p.repaid {
		amount(daysheet.FieldRepaidBy+customer, a)
	}
	for kind, a := range p.taken {
		amount(daysheet.FieldTaken+b.methods[kind], a)
	}
	for _, kind := range []tender.Kind{tender.Card, tender.Cheque, tender.Meal} { // proposed by the page, left as they are
		f[daysheet.FieldCounted+b.methods[kind]] = locale.Input(held[kind] + p.taken[kind])
	}
	b.count(f, t, p, held[tender.Cash], on)
	return f
}

// count counts the drawer: by notes and coins, but for the second till, and says why it does not match.
func (b *builder) count(f map[string]string, t *till, p *plan, held money.Amount, on day.Day) {
	cash := b.methods[tender.Cash]
	counted := max(0, held+p.taken[tender.Cash]+p.overShort)
	if t.name == "Caisse 2" {
		f[daysheet.FieldCounted+cash] = locale.Input(counted)
	} else {
		for value, n := range pieces(throw(b.Seed, "pieces", t.name, string(on)), counted) {
			f[daysheet.FieldPieces+strconv.Itoa(value)] = strconv.Itoa(n)
		}
	}
	if gap := counted - held - p.taken[tender.Cash]; gap.Abs() > b.tolerance {
		why := pick(throw(b.Seed, "reason", t.name, string(on)), explanations)
		f[daysheet.FieldReason+cash], f[daysheet.FieldReasonNote+cash] = why.Code, why.Note
	}
	if goes := on.Weekday() == t.shop.lastWeekday || on.Weekday() == time.Friday; goes && counted > 3*t.float { // before the best day, and at the end of the week
		f[daysheet.FieldRemitted] = locale.Input((counted - t.float) / 500 * 500)
	}
}

// explanations are the reasons people give.
var explanations = []daysheet.Reason{
	{Code: "change"}, {Code: "change"}, {Code: "change"}, {Code: "entry"}, {Code: "expense"},
	{Code: "other", Note: "Billet de 10 € rendu pour 5 €"}, {Code: "other", Note: "Rouleau de monnaie incomplet"}, {Code: "other", Note: "Client parti sans sa monnaie"},
}

// pieces makes an amount of notes and coins as a drawer holds them: more small notes than large ones.
func pieces(d dice, amount money.Amount) map[int]int {
	counts := map[int]int{}
	for _, value := range daysheet.Denominations {
		most := int(amount) / value
		switch {
		case value > 5000:
			continue
		case value >= 1000:
			most = most * d.between(45, 80) / 100
		case value >= 100:
			most = most * d.between(60, 90) / 100
		case value > 1:
			most = most * d.between(70, 100) / 100
		}
		if most > 0 {
			counts[value] = most
			amount -= money.Amount(most * value)
		}
	}
	return counts
}
