package daysheet

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/test/browser"
	"encaisse/internal/test/dbtest"
)

// randomSheet types a sheet of a person in a hurry: sums, blanks, returns, things that do not read.
func randomSheet(r *rand.Rand, s Setup) map[string]string {
	fields := map[string]string{}
	some := func(name string) {
		a := money.Amount(r.Int64N(2_000_000) - 300_000)
		switch r.IntN(8) {
		case 0: // left blank
		case 1:
			fields[name] = "12,5,3"
		case 2:
			fields[name] = locale.Amount(a) + " €"
		case 3:
			fields[name] = locale.Input(a) + "+3*2,50-0.05"
		default:
			fields[name] = locale.Input(a)
		}
	}
	for _, c := range s.Categories {
		some(FieldSale + c.ID)
	}
	for _, m := range s.Methods {
		some(FieldTaken + m.ID)
		some(FieldCounted + m.ID)
	}
	for _, name := range []string{FieldVouchers, FieldRepaid, FieldOverpayment, FieldRemitted, FieldLoose} {
		some(name)
	}
	for _, value := range Denominations {
		if r.IntN(3) == 0 {
			fields[FieldPieces+strconv.Itoa(value)] = strconv.Itoa(r.IntN(50))
		}
	}
	if r.IntN(2) == 0 {
		fields[FieldSalesCount] = strconv.Itoa(r.IntN(200))
	}
	return fields
}

// shown are the figures of a sheet that the page shows, in one form for both sides.
func shown(sheet Sheet, s Setup) map[string]any {
	taxes, methods := map[string]money.Amount{}, map[string]any{}
	for _, l := range sheet.Sales {
		taxes[l.Category.ID] = l.Tax
	}
	for _, m := range sheet.Methods {
		if m.Method.Held() {
			methods[m.Method.ID] = []any{m.Taken, m.Expected, m.OverShort, m.Left, m.Beyond, m.IsCounted}
		}
	}
	return map[string]any{"gross": sheet.Gross, "net": sheet.Net, "tax": sheet.Tax, "due": sheet.Due, "paid": sheet.Paid, "breakdown": sheet.Breakdown, "overShort": sheet.OverShort,
		"basket": sheet.Basket, "taxes": taxes, "methods": methods}
}

const sameInBrowser = `(async (sheets, model) => {
	const { compute } = await import('/static/js/feuille.js');
	return JSON.stringify(sheets.map((fields) => {
		const s = compute(model, (name) => fields[name] ?? '', Object.keys(fields));
		const taxes = {}, methods = {};
		for (const sale of s.sales) taxes[sale.id] = sale.tax;
		for (const m of model.methods) if (m.held) { const l = s.methods[m.id]; methods[m.id] = [l.taken, l.expected, l.overShort, l.left, l.beyond, l.isCounted]; }
		return { gross: s.gross, net: s.net, tax: s.tax, due: s.due, paid: s.paid, breakdown: s.breakdown, overShort: s.overShort, basket: s.basket, taxes, methods };
	}));
})`

func TestTheBrowserComputesASheetToTheCentAsTheServerDoes(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	r := rand.New(rand.NewPCG(seed, 1))
	setup := friday()
	setup.Categories = append(setup.Categories, setup.Categories[0], setup.Categories[2])
	setup.Categories[4].ID, setup.Categories[5].ID = "fruits", "bières"
	sheets, want := make([]map[string]string, 400), make([]any, 400)
	for i := range sheets {
		sheets[i] = randomSheet(r, setup)
		figures, _ := Read(sheets[i], setup)
		want[i] = shown(Compute(figures, setup), setup)
	}
	s := newMarket(t, dbtest.SQLite(t))
	p := browser.On(t, s.open(t, people{}).URL).Open(t).Goto("/d/marche/journees")
	p.Evaluate(`(` + sameInBrowser + `(` + text(t, sheets) + `, ` + text(t, newModel(setup, false)) + `).then((a) => { window.answer = a; }), '')`)
	var got []json.RawMessage
	for range 100 {
		if answer := p.Evaluate(`window.answer ?? ''`); answer != "" {
			if err := json.Unmarshal([]byte(answer), &got); err != nil {
				t.Fatal(err)
			}
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if len(got) != len(want) {
		t.Fatalf("the browser computed %d sheets", len(got))
	}
	for i := range want {
		var g any
		if err := json.Unmarshal(got[i], &g); err != nil {
			t.Fatal(err)
		}
		if g, w := text(t, g), text(t, want[i]); g != w {
			t.Fatalf("seed %d, sheet %v\nin the browser %s\non the server  %s", seed, sheets[i], g, w)
		}
	}
}

// text is a value as JSON, its keys in order and its numbers whole.
func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
