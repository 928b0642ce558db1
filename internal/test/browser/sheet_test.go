package browser

import (
	"path"
	"strconv"
	"strings"
	"testing"
)

// line is a field of a sheet, typed: its label and its amount, or number, in cents.
type line struct {
	label string
	cents int
	rate  int // of VAT, in hundredths of a percent; sales only
}

// day is a day typed from a ticket Z, and what it must come to.
type zDay struct {
	sales, payments    []line
	vouchers           int
	count, customers   int
	gross, tax, due    int
	cash, card, cheque int
}

// saturday is a plain day of the shop by the station.
func saturday() zDay {
	d := zDay{
		sales: []line{{"Épicerie", 31245, 550}, {"Fruits et légumes", 18930, 550}, {"Crémerie et frais", 12790, 550}, {"Boissons sans alcool", 5415, 550},
			{"Vins, bières et spiritueux", 21680, 2000}, {"Confiserie", 3475, 2000}, {"Hygiène, entretien et bazar", 6140, 2000}, {"Presse", 1885, 210}},
		vouchers: 3000, count: 63, customers: 61, cash: 28745, cheque: 4580,
	}
	byRate := map[int]int{}
	for _, l := range d.sales {
		d.gross += l.cents
		byRate[l.rate] += l.cents
	}
	for rate, gross := range byRate { // VAT is inside the price; half a cent goes up
		d.tax += (2*gross*rate + 10000 + rate) / (2 * (10000 + rate))
	}
	d.due = d.gross + d.vouchers
	const meal, used = 6210, 1500
	d.card = d.due - d.cash - d.cheque - meal - used
	d.payments = []line{{"Espèces", d.cash, 0}, {"Carte bancaire", d.card, 0}, {"Chèques", d.cheque, 0}, {"Titres-restaurant", meal, 0}, {"En compte", 0, 0},
		{"Client à ajouter, Crédit accordé", 0, 0}, {"Montant de ce client, Crédit accordé", 0, 0}, {"Bons cadeaux", used, 0}}
	return d
}

// ticket lists the fields of the first card in the order of the keyboard.
func (d zDay) ticket() []line {
	return append(d.sales[:len(d.sales):len(d.sales)], line{"Bons cadeaux vendus", d.vouchers, 0}, line{"Client à ajouter, Crédits clients réglés", 0, 0},
		line{"Montant de ce client, Crédits clients réglés", 0, 0}, line{"Trop-perçus", 0, 0}, line{"Nombre de ventes", d.count * 100, 0}, line{"Nombre de clients", d.customers * 100, 0})
}

// enter types lines where the focus is, by the keyboard alone: a text, then Enter, which leads to the next. It gives the number of acts.
func enter(p *Page, lines []line) int {
	p.t.Helper()
	before, here := p.Acts, p.Path()
	for _, l := range lines {
		if got := p.Focused(); !strings.HasPrefix(got, l.label) {
			p.t.Fatalf("the keyboard is on %q where %q is to be typed", got, l.label)
		}
		if l.cents != 0 {
			p.Type(typed(l.cents))
		}
		p.Press("Enter")
	}
	if p.Path() != here {
		p.t.Fatalf("Enter sent the sheet: %s", p.Path())
	}
	return p.Acts - before
}

// shown is a figure of the sheet, by the key of its place.
func shown(p *Page, key string) string {
	p.t.Helper()
	return p.Text(`[data-montre="` + key + `"]`)
}

// holds waits until a field holds an amount, however it is written: 1292,8 or 1292,80 or 1200+92,8.
func holds(p *Page, label string, cents int) {
	p.t.Helper()
	p.until(label+" holds "+euros(cents), finder+`.field(`+quoted(label)+`)?.value.split("+").reduce((sum, term) => sum + Math.round(Number(term.replace(",", ".") || NaN) * 100), 0) === `+itoa(cents))
}

// row is what stands beside a label in a line of the sheet.
func row(p *Page, label string) string {
	p.t.Helper()
	text := p.text(`[...document.querySelectorAll(".lig")].map(l => ` + finder + `.plain(l.innerText)).find(l => l.startsWith(` + quoted(label) + `)) ?? ""`)
	return strings.TrimSpace(strings.TrimPrefix(text, label))
}

// fact is what stands beside a term in a list of facts.
func fact(p *Page, term string) string {
	p.t.Helper()
	return p.text(`(() => {
		const term = [...document.querySelectorAll("dt, th")].find(e => ` + finder + `.plain(e.innerText) === ` + quoted(term) + `);
		return term ? ` + finder + `.plain(term.nextElementSibling.innerText) : "";
	})()`)
}

// cents reads an amount of a screen: −1 292,80 €.
func cents(t testing.TB, text string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "€", "", ",", "", "−", "-", "+", "").Replace(text))
	if err != nil {
		t.Fatalf("not an amount: %q", text)
	}
	return n
}

// same fails the test when a figure of the screen is not the one expected.
func same(t testing.TB, what, got, want string) {
	t.Helper()
	if simple(got) != want {
		t.Errorf("%s: the screen shows %q, want %q", what, got, want)
	}
}

// itoa writes a number without separators.
func itoa(n int) string { return strconv.Itoa(n) }

// dayOf is the day of a sheet: the end of its address.
func dayOf(address string) string { return path.Base(address) }

// cell is a day in the month, as it is said to the ears: samedi 21 novembre, clôturée, 952,34 €.
func cell(p *Page, day string) string {
	p.t.Helper()
	return p.text(finder + `.plain(document.querySelector('a.jour[href$="/` + day + `"]')?.querySelector(".lecteur").textContent ?? "no such day")`)
}
