package pdf

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/table"
	"encaisse/internal/test/papertest"
)

// sample is a journal of three pages.
func sample(t *testing.T) *Document {
	t.Helper()
	place, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	d := &Document{
		Title: "Journal de caisse", Subtitle: "Épicerie des Halles, caisse 1, espèces", Period: "du 1er au 30\u00a0novembre 2026", Unit: "Montants en euros",
		Issuer: Issuer{
			Name: "Épicerie des Halles", LegalForm: "SARL au capital de 10\u00a0000\u00a0€", Address: []string{"12 rue du Marché", "69002 Lyon"},
			SIRET: "12345678900012", VATNumber: "FR32123456789", NAF: "4711C",
		},
		Software: "Encaisse 0.1.0", GeneratedAt: time.Date(2026, 12, 1, 7, 5, 0, 0, time.UTC), Place: place, By: "Marie Lefèvre",
		Notes: []string{"Les écritures ne sont jamais modifiées ni effacées\u00a0: une correction est une nouvelle écriture qui renvoie à l’ancienne."},
	}
	journal := Table{Table: table.Table{
		Title: "Caisse 1, espèces",
		Info:  [][2]string{{"Solde au 31/10/2026", locale.Euro(15000)}, {"Solde au 30/11/2026", locale.Euro(15000 + 18*12345 - 18*980)}},
		Columns: []table.Column{
			{Label: "Date", Kind: table.Date}, {Label: "N°", Kind: table.Number}, {Label: "Libellé", Weight: 3}, {Label: "Tiers", Weight: 2},
			{Label: "Entrée", Kind: table.Money, Carry: table.Sum}, {Label: "Sortie", Kind: table.Money, Carry: table.Sum},
			{Label: "Solde", Kind: table.Money, Carry: table.Last},
		},
	}}
	none := table.Cell{}
	balance := money.Amount(15000)
	journal.Add(table.Balance, table.Text("Solde avant le 01/11/2026"), none, none, none, none, none, table.Amount(balance))
	for i := range 36 {
		on := day.Day("2026-11-01").Add(i / 2)
		if i%2 == 0 {
			balance += 12345
			journal.Add(table.Plain, table.On(on), table.Int(int64(1200+i)), table.Text("Recettes du "+locale.Date(on)), none, table.Amount(12345), none, table.Amount(balance))
			continue
		}
		balance -= 980
		label := "Dépense\u00a0: fournitures de bureau et petit matériel pour la vitrine de Noël, facture réglée en espèces « comptant »"
		journal.Add(table.Plain, table.On(on), table.Int(int64(1200+i)), table.Text(label), table.Text("Papeterie de l’Œuvre"), none, table.Amount(980), table.Amount(balance))
	}
	journal.AddTotal(table.Total, table.Text("Totaux de la période"), none, none, none, table.Amount(18*12345), table.Amount(18*980), none)
	journal.AddTotal(table.Balance, table.Text("Solde au 30/11/2026"), none, none, none, none, none, table.Amount(balance))
	chain := table.Table{Columns: []table.Column{{Label: "Chaîne"}, {Label: "Enregistrements", Kind: table.Number}, {Label: "Premier", Kind: table.Number},
		{Label: "Extrait"}, {Label: "Dernier", Kind: table.Number}, {Label: "Extrait"}}}
	chain.Add(table.Plain, table.Text("Journées de caisse"), table.Int(30), table.Int(301), table.Text("kX3d"), table.Int(330), table.Text("9-aB"))
	d.Add(
		Figures{Items: [][2]string{{"Solde de départ", locale.Euro(15000)}, {"Entrées", locale.Euro(20 * 12345)}, {"Sorties", locale.Euro(-20 * 980)}, {"Solde de fin", locale.Euro(balance)}}},
		journal,
		Proof{Title: "Extrait de la chaîne scellée", Text: "Chaque journée clôturée est signée, et sa signature contient celle de la précédente.", Table: chain},
		Visa{Labels: []string{"Établi par, date et signature", "Vu par le cabinet, date et signature"}},
	)
	return d
}

func TestTheJournalOfThreePagesCarriesItsSumsForward(t *testing.T) {
	out, err := sample(t).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if path := os.Getenv("PDF_OUT"); path != "" {
		if err := os.WriteFile(path, out, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	papertest.Golden(t, "journal.txt", papertest.Text(t, out))
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	first, err := sample(t).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		again, err := sample(t).Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Fatal("two prints of one document differ")
		}
	}
}

func TestALandscapeTableOfManyColumnsFitsThePage(t *testing.T) {
	d := sample(t)
	d.Landscape, d.Body = true, nil
	wide := Table{Table: table.Table{Title: "Synthèse", Columns: []table.Column{{Label: "Jour", Kind: table.Date}}}}
	row := []table.Cell{table.On("2026-11-01")}
	for range 14 {
		wide.Columns = append(wide.Columns, table.Column{Label: "Titres-restaurant", Kind: table.Money})
		row = append(row, table.Amount(-123456))
	}
	wide.Add(table.Plain, row...)
	d.Add(wide)
	out, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	papertest.Golden(t, "wide.txt", papertest.Text(t, out))
}

func TestLinesEndAtSpacesAndAfterTheHyphensOfWords(t *testing.T) {
	for given, want := range map[string][]string{
		"titres-restaurant payés":  {"titres-", "restaurant ", "payés"},
		"le 2026-11-20, -5 et a-b": {"le ", "2026-11-20, ", "-5 ", "et ", "a-", "b"},
		"":                         {""},
		"payé\u00a0: oui":          {"payé\u00a0: ", "oui"},
	} {
		if got := slices.Collect(pieces(given)); !slices.Equal(got, want) {
			t.Errorf("pieces(%q) = %q, want %q", given, got, want)
		}
	}
}

func TestATextLongerThanItsLinesEndsOnAnEllipsis(t *testing.T) {
	c := newCanvas(sample(t))
	lines := c.wrap(bodyLetters, strings.Repeat("mot ", 200)+strings.Repeat("x", 500), 40, 3)
	if len(lines) != 3 || !strings.HasSuffix(lines[2], " m…") {
		t.Errorf("lines are %q", lines)
	}
	for _, line := range c.wrap(bodyLetters, strings.Repeat("x", 500), 40, 100) {
		if c.measure(bodyLetters, line) > 40 {
			t.Errorf("the line %q is wider than its column", line)
		}
	}
}

func TestATableTooWideForThePageIsRefusedNotCut(t *testing.T) {
	d := sample(t)
	d.Body = nil
	var wide Table
	for range 60 {
		wide.Columns = append(wide.Columns, table.Column{Label: "Titres", Kind: table.Money})
	}
	wide.Add(table.Plain, table.Amount(1))
	d.Add(wide)
	if _, err := d.Bytes(); !fault.Is(err, fault.Internal) {
		t.Errorf("sixty columns: %v", err)
	}
}

func TestADocumentOfTooManyPagesIsRefusedInWordsForTheReader(t *testing.T) {
	d := sample(t)
	long := Table{Table: table.Table{Columns: []table.Column{{Label: "n", Kind: table.Number}}, Rows: make([]table.Row, maxRows+1)}}
	d.Body = []Block{long}
	if _, err := d.Bytes(); !fault.Is(err, fault.Invalid) {
		t.Errorf("%d rows: %v", maxRows+1, err)
	}
}

func TestTextIsMadeOfLettersTheFontsHave(t *testing.T) {
	for given, want := range map[string]string{
		"œuf à 3,50\u00a0€ «\u00a0bio\u00a0»": "œuf à 3,50\u00a0€ «\u00a0bio\u00a0»",
		"e\u0301te\u0301":           "été",
		"payé : 5 € « comptant » !": "payé\u00a0: 5\u00a0€ «\u00a0comptant\u00a0»\u00a0!",
		"merci \U0001F600\uFE0F!":   "merci □!",
		"a\tb\rc\x00d\u200b":        "a bcd",
		"−12\u202f000":              "−12\u202f000",
		"Ελλάς Київ":                "Ελλάς Київ",
		"日本":                        "□□",
	} {
		if got := clean(given); got != want {
			t.Errorf("clean(%q) = %q, want %q", given, got, want)
		}
	}
}
