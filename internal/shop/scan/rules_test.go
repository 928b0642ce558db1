package scan

import (
	"strings"
	"testing"

	"encaisse/internal/base/vat"
	"encaisse/internal/paper/ocr"
	"encaisse/internal/shop/company"
)

// typewritten makes a line of a text: one space is a space, two or more are a column.
func typewritten(text string) ocr.Line {
	var line ocr.Line
	at := 0
	for i, column := range strings.Split(text, "  ") {
		if column = strings.TrimSpace(column); column == "" {
			at += 20
			continue
		}
		if i > 0 {
			at += 40
		}
		for _, w := range strings.Fields(column) {
			width := 10 * len([]rune(w))
			line = append(line, ocr.Word{Text: w, Sure: 95, Left: at, Right: at + width})
			at += width + 12
		}
	}
	return line
}

func typewrittenAll(text string) (lines []ocr.Line) {
	for _, l := range strings.Split(strings.TrimSpace(text), "\n") {
		lines = append(lines, typewritten(l))
	}
	return lines
}

func TestAmountsAreReadThroughTheMistakesOfAReading(t *testing.T) {
	for text, want := range map[string]struct {
		cents    int64
		repaired bool
	}{
		"ESPECES  182,35":            {18235, false},
		"ESPECES  182.35":            {18235, false},
		"ESPECES  182,35 €":          {18235, false},
		"ESPECES  182,35€":           {18235, false},
		"ESPECES  182,35EUR":         {18235, false},
		"ESPECES  182,35 EUR":        {18235, false},
		"ESPECES  182,35.":           {18235, false},
		"ESPECES  1 236,40":          {123640, false},
		"ESPECES  1.236,40":          {123640, false},
		"ESPECES  12 236,40":         {1223640, false},
		"ESPECES  12, 50":            {1250, false},
		"ESPECES  12 ,50":            {1250, false},
		"PAIN  412  236,40":          {23640, false}, // a count, then an amount
		"PAIN  4 x 3,00  12,00":      {1200, false},
		"PAIN 3 x  36,00":            {3600, false},
		"REMISE  -12,50":             {-1250, false},
		"REMISE  - 12,50":            {-1250, false},
		"REMISE  −12,50":             {-1250, false},
		"REMISE  12,50-":             {-1250, false},
		"REMISE  (12,50)":            {-1250, false},
		"ESPECES  l82,3S":            {18235, true},
		"ESPECES  18Z,35":            {18235, true},
		"ESPECES  23O,O0":            {23000, true},
		"ESPECES  182;35":            {18235, true},
		"ESPECES  182'35":            {18235, true},
		"ESPECES  0,00":              {0, false},
		"TOTAL TTC  412,35 EUR  ":    {41235, false},
		"TVA 20,00% HT 100,00 20,00": {2000, false},
	} {
		p := printed{text: typewritten(text).Text()}
		p.figures(joined(inside(typewritten(text))))
		got, is := p.amount()
		if !is || int64(got.amount) != want.cents || got.repaired != want.repaired {
			t.Errorf("%q is read %d %v (%v)", text, got.amount, got.repaired, is)
		}
	}
	for _, text := range []string{"19:42", "20/11/2026", "04 78 00 00 00", "SIRET 123 456 782 00019", "Dos", "SOLO,LO", "412,535", "5,50%", "0042", "", "--,--", "O,OO"} {
		p := printed{text: text}
		if p.figures(joined(inside(typewritten(text)))); len(p.amounts) > 0 {
			t.Errorf("%q is read as an amount: %+v", text, p.amounts)
		}
	}
}

func TestNumberAndDateOfTheTicketAreFound(t *testing.T) {
	for text, want := range map[string]string{
		"TICKET Z N° 0042": "0042", "Ticket Z : 42": "42", "RAPPORT Z  n° 118": "118", "RAPPORT 2Z n° 118": "118", "Z No 7": "7", "ZNo7": "7", "Z N°0042": "0042", "Z 0042": "0042",
		"Numéro de Z 12": "12", "Clôture n° 31": "31", "CLOTURE Z N° 31": "31", "LECTURE X": "", "Zone 12": "", "Caisse : 01": "", "TICKETS 37": "",
	} {
		if got := zIn(text); got != want {
			t.Errorf("%q gives the number %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"Date : 20/11/2026  19:42": "2026-11-20", "20-11-2026": "2026-11-20", "20.11.26 19:42": "2026-11-20", "1/2/2026": "2026-02-01", "20 / 11 / 2026": "2026-11-20", "Vendredi 20 novembre 2026": "2026-11-20",
		"Le 1er août 2026": "2026-08-01", "31/02/2026": "", "04 78 00 00 00": "", "120/11/2026": "",
	} {
		if got, _ := dateIn(text); string(got) != want {
			t.Errorf("%q gives the date %q, want %q", text, got, want)
		}
	}
	printedTwice := readTicket(typewrittenAll("Imprimé 21/11/2026 07:00\nJournée du 20/11/2026"))
	if printedTwice.on != "2026-11-20" {
		t.Errorf("the day is %s, not that of printing", printedTwice.on)
	}
}

func shop() Registers {
	return registersOf(category("epi", "Épicerie", 550), category("boi", "Boissons", 2000))
}

func TestLinesCountWhereTheirWordsSay(t *testing.T) {
	for text, want := range map[string]string{
		"EPICERIE  10,00": "v-epi", "EPlCERIE  10,00": "v-epi", "Boissons 20%  10,00": "v-boi", "sorssons  10,00": "v-boi",
		"ESPECES  10,00": "r-esp", "EsPECES  10,00": "r-esp", "CB  10,00": "r-cb", "CB SANS CONTACT  10,00": "r-cb", "CARTES BANCAIRES  10,00": "r-cb", "Carte  10,00": "r-cb", "CHEQUE  10,00": "r-chq",
		"TICKETS RESTAURANT  10,00": "r-tr", "TR  10,00": "r-tr",
		"NOMBRE DE TICKETS  37": "ventes", "Nb ventes  37": "ventes", "TOTAL TICKETS  37": "ventes", "Nb clients  37": "clients", "COUVERTS  37": "clients",
		"TOTAL TTC  10,00": inTotal, "CHIFFRE D'AFFAIRES TTC  10,00": inTotal, "TOTAL GENERAL  10,00": inTotal, "TOTAL REGLEMENTS  10,00": inPaid, "TOTAL ENCAISSEMENTS  10,00": inPaid,
		"TOTAL TVA  10,00": inTax, "TVA 20%  10,00": inTax, "TOTAL HT  10,00": leftOut, "CUMUL PERPETUEL  10,00": leftOut, "GRAND TOTAL  10,00": leftOut, "PANIER MOYEN  10,00": leftOut, "FOND DE CAISSE  150,00": leftOut,
		"REMISES  -10,00": leftOut, "DIVERS  10,00": leftOut, "TOTAL TTC 20%  10,00": "v-boi",
	} {
		rows := shop().rows(readTicket(typewrittenAll(text)))
		if len(rows) != 1 || rows[0].Target != want {
			t.Errorf("%q: %+v, want %s", text, rows, want)
		}
	}
}

func TestThePartOfTheTicketTellsWhatItsWordsDoNot(t *testing.T) {
	rows := shop().rows(readTicket(typewrittenAll("VENTES PAR RAYON\nDIVERS  10,00\nTOTAL  10,00\nDIVERS  1,00\nMODES DE PAIEMENT\nLYDIA  10,00\nESPECES  illisible\nTOTAL  20,00")))
	var got []string
	for _, r := range rows {
		got = append(got, r.Target+"="+r.Value)
	}
	if want := "=10,00 total=10,00 -=1,00 =10,00 r-esp= regle=20,00"; strings.Join(got, " ") != want {
		t.Errorf("%s\nwant %s", strings.Join(got, " "), want)
	}
	if rows[4].Trust != Unread {
		t.Errorf("an amount that does not read is %s", rows[4].Trust.Words())
	}
}

func TestOneTotalIsAControlAndRatesDoNotRepeatCategories(t *testing.T) {
	p := Propose(Scan{Lines: typewrittenAll("EPICERIE  105,50\nBOISSONS  120,00\nTotal TTC 5,5%  105,50\nTotal TTC 20%  120,00\nTVA 5,5%  100,00  5,50  105,50\nTVA 20%  100,00  20,00  120,00\nTOTAL TVA  25,50\nTOTAL  225,50\nTOTAL TTC  225,50\nESPECES  25,50\nCB  200,00")}, shop(), nil)
	fields, s, err := p.Figures()
	if err != nil || fields["v-epi"] != "105,50" || fields["v-boi"] != "120,00" || s[inTax] != 2550 || s[inTotal] != 22550 || s[inPaid] != 0 {
		t.Errorf("%v %v %v", fields, s, err)
	}
	for _, c := range p.checks(shop()) {
		if !c.OK {
			t.Errorf("%s: %s", c.Label, c.Text)
		}
	}
	twoOfARate := registersOf(category("a", "Pain", 550), category("b", "Lait", 550))
	p = Propose(Scan{Lines: typewrittenAll("Total TTC 5,5%  105,50")}, twoOfARate, nil)
	if len(p.Rows) != 1 || p.Rows[0].Target != "" {
		t.Errorf("a rate of two categories is for a person to tell: %+v", p.Rows)
	}
}

func TestNumbersOfCustomersAreSalesWhereCustomersAreNotCounted(t *testing.T) {
	r := shop()
	r.Setup.Settings.Options.Customers = false
	fields, _, _ := Propose(Scan{Lines: typewrittenAll("Nb clients  37")}, r, nil).Figures()
	if fields["ventes"] != "37" {
		t.Errorf("%v", fields)
	}
}

func TestAnErrorOfReadingShowsInTheChecks(t *testing.T) {
	r := shop()
	for text, want := range map[string]string{
		"EPICERIE  105,50\nTOTAL TTC  106,50":           "Somme des ventes",
		"ESPECES  10,00\nTOTAL REGLEMENTS  12,00":       "Somme des règlements",
		"EPICERIE  105,50\nESPECES  10,00":              "Règlements et ventes",
		"BOISSONS  120,00\nTVA 20%  100,00  24,00  124": "TVA",
	} {
		wrong := ""
		for _, c := range Propose(Scan{Lines: typewrittenAll(text)}, r, nil).checks(r) {
			if !c.OK {
				wrong += c.Label
			}
		}
		if wrong != want {
			t.Errorf("%q: %q, want %q", text, wrong, want)
		}
	}
	if c := taxCheck(2550, 2546, 1); !c.OK {
		t.Error("a till that rounds sale by sale is a few cents away")
	}
	r.Setup.Settings.VATRegime = company.Franchise
	if list := Propose(Scan{Lines: typewrittenAll("TVA 20%  24,00")}, r, nil).checks(r); len(list) != 0 {
		t.Errorf("a company without VAT checks it: %+v", list)
	}
}

func TestHowSureALineIsComesFromItsFigureAndItsWords(t *testing.T) {
	for text, want := range map[string]Trust{"ESPECES  182,35": Sure, "ESPECES  l82,35": ToCheck, "ESPxCxS  182,35": Doubtful} {
		line := typewritten(text)
		if want == Doubtful {
			line[1].Sure = 40
		}
		rows := shop().rows(readTicket([]ocr.Line{line}))
		if len(rows) != 1 || rows[0].Trust != want {
			t.Errorf("%q: %+v, want %s", text, rows, want.Words())
		}
	}
}

func FuzzAnyReadingIsProposedWithoutHarm(f *testing.F) {
	f.Add("TICKET Z N° 0042\nESPECES  182,35\nTVA 20%  1,00 2,00 3,00")
	f.Add("-  ,\n( )  1,,2\n€\n| | |")
	f.Fuzz(func(t *testing.T, text string) {
		r := registersOf(category("a", "Pain", vat.Rate(550)))
		p := Propose(Scan{Lines: typewrittenAll(text)}, r, nil)
		if fields, _, err := p.Figures(); err == nil && len(fields) > len(p.Rows)+1 {
			t.Errorf("%d fields of %d lines", len(fields), len(p.Rows))
		}
		p.checks(r)
	})
}
