package fec_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"encaisse/internal/base/money"
	"encaisse/internal/books/fec"
)

const goodName = "732829320FEC20261231.txt"

// good is a file without a fault, a field a cell.
func good() [][]string {
	row := func(journal, number, on, account, debit, credit string) []string {
		return []string{journal, "Caisse", number, on, account, "Compte " + account, "", "", "J1", on, "Journée", debit, credit, "", "", on, "", ""}
	}
	return [][]string{
		append([]string(nil), fec.Columns...),
		row("OUV", "OUVERTURE/2026", "20260101", "530000", "150,00", "0,00"),
		row("OUV", "OUVERTURE/2026", "20260101", "890000", "0,00", "150,00"),
		row("CA", "1", "20260102", "530000", "120,00", "0,00"),
		row("CA", "1", "20260102", "707000", "0,00", "100,00"),
		row("CA", "1", "20260102", "445710", "0,00", "20,00"),
		row("CA", "2", "20260103", "530000", "12,50", "0,00"),
		row("CA", "2", "20260103", "707000", "0,00", "12,50"),
	}
}

func join(rows [][]string, separator, end string) string {
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.Join(row, separator) + end)
	}
	return b.String()
}

func check(t *testing.T, name, text string) []fec.Fault {
	t.Helper()
	var faults []fec.Fault
	report, err := fec.Check(name, strings.NewReader(text), func(f fec.Fault) { faults = append(faults, f) })
	if err != nil {
		t.Fatal(err)
	}
	if report.Faults != len(faults) {
		t.Errorf("%d faults counted, %d told", report.Faults, len(faults))
	}
	return faults
}

func TestAGoodFileHasNoFaultWhateverItsSeparatorAndItsEndOfLine(t *testing.T) {
	for _, separator := range []string{"\t", "|"} {
		for _, end := range []string{"\n", "\r\n", "\r"} {
			for _, mark := range []string{"", "\ufeff"} {
				if faults := check(t, goodName, mark+join(good(), separator, end)); len(faults) > 0 {
					t.Errorf("separator %q, end %q, mark %q: %v", separator, end, mark, faults)
				}
			}
		}
	}
}

func TestAGoodFileMayCarryAccentsInEitherSetSignsAndOtherColumns(t *testing.T) {
	for name, change := range map[string]func([][]string) [][]string{
		"UTF-8": func(r [][]string) [][]string { r[3][10] = "Journée d’été, 3 €"; return r },
		"ISO 8859-15": func(r [][]string) [][]string {
			r[3][10] = "Journ\xe9e \xa4"
			r[4][10] = ""
			r[4][10] = "t\xe9"
			return latin(r)
		},
		"sign before": func(r [][]string) [][]string { r[6][11], r[7][12] = "-12,50", "-12,50"; return r },
		"sign after":  func(r [][]string) [][]string { r[6][11], r[7][12] = "12,50-", "12,50-"; return r },
		"no decimals": func(r [][]string) [][]string { r[1][11], r[2][12] = "150", "150,0"; return r },
		"currency":    func(r [][]string) [][]string { r[6][16], r[6][17] = "14,20", "USD"; return r },
		"cash basis": func(r [][]string) [][]string {
			r[0] = append(r[0], "DateRglt", "ModeRglt", "NatOp", "IdClient")
			for i := 1; i < len(r); i++ {
				r[i] = append(r[i], "20260102", "CB", "", "")
			}
			return r
		},
		"amount and side": func(r [][]string) [][]string {
			r[0][11], r[0][12] = "Montant", "Sens"
			for i, row := range r[1:] {
				if row[11] == "0,00" {
					row[11], row[12] = row[12], []string{"C", "-1"}[i%2]
				} else {
					row[12] = []string{"D", "+1"}[i%2]
				}
			}
			return r
		},
		"numbered by journal": func(r [][]string) [][]string {
			for _, row := range r[6:] {
				row[0], row[2] = "BQ", "1"
			}
			return r
		},
		"lines of an entry apart": func(r [][]string) [][]string {
			r[5], r[6] = r[6], r[5]
			r[5][15] = "20260102"
			r[7][15] = "20260102"
			return r
		},
	} {
		if faults := check(t, goodName, join(change(good()), "\t", "\n")); len(faults) > 0 {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

// latin writes every cell in ISO 8859-15.
func latin(rows [][]string) [][]string {
	for _, row := range rows {
		for i := range row {
			row[i] = strings.ReplaceAll(row[i], "é", "\xe9")
		}
	}
	return rows
}

// wrong is a file with a fault.
type wrong struct {
	name   string
	file   string // "" for the good name
	change func([][]string) string
	want   fec.Fault // its text begins so
}

// set writes something else in a cell of the good file; lines and columns count from 1.
func set(line, column int, text string) func([][]string) string {
	return func(r [][]string) string { r[line-1][column-1] = text; return join(r, "\t", "\n") }
}

func (c wrong) test(t *testing.T) {
	t.Helper()
	file, text := c.file, join(good(), "\t", "\n")
	if file == "" {
		file = goodName
	}
	if c.change != nil {
		text = c.change(good())
	}
	found := false
	faults := check(t, file, text)
	for _, f := range faults {
		found = found || f.Line == c.want.Line && f.Severity == c.want.Severity && strings.HasPrefix(f.Text, c.want.Text)
	}
	if !found {
		t.Errorf("%s: want %v, got %v", c.name, c.want, faults)
	}
}

func TestEachFaultOfShapeIsToldWithItsLine(t *testing.T) { // LAW-FEC-2
	for _, c := range []wrong{
		{"name of anything", "compta.txt", nil, fec.Fault{Line: 0, Severity: fec.Blocking, Text: "le nom «\u00a0compta.txt"}},
		{"name with a date that is none", "732829320FEC20260231.txt", nil, fec.Fault{Severity: fec.Blocking, Text: "la date de clôture"}},
		{"name with a SIRET", "73282932000074FEC20261231.txt", nil, fec.Fault{Severity: fec.Blocking, Text: "le nom"}},
		{"nothing", "", func([][]string) string { return "" }, fec.Fault{Severity: fec.Blocking, Text: "le fichier est vide"}},
		{"names only", "", func(r [][]string) string { return join(r[:1], "\t", "\n") }, fec.Fault{Severity: fec.Blocking, Text: "le fichier n’a aucune écriture"}},
		{"separated by semicolons", "", func(r [][]string) string { return join(r, ";", "\n") }, fec.Fault{Line: 1, Severity: fec.Blocking, Text: "les colonnes ne sont séparées"}},
		{"UTF-16", "", func([][]string) string { return "\xff\xfeJ\x00o\x00" }, fec.Fault{Line: 1, Severity: fec.Blocking, Text: "le fichier est en UTF-16"}},
		{"empty first line", "", func(r [][]string) string { return "\n" + join(r, "\t", "\n") }, fec.Fault{Line: 1, Severity: fec.Blocking, Text: "la première ligne est vide"}},
		{"a column missing", "", func(r [][]string) string { r[0] = r[0][:17]; return join(r, "\t", "\n") }, fec.Fault{Line: 1, Severity: fec.Blocking, Text: "la colonne 18 «\u00a0Idevise"}},
		{"a column of another name", "", set(1, 9, "Piece"), fec.Fault{Line: 1, Severity: fec.Blocking, Text: "la colonne 9 s’appelle"}},
		{"a field short", "", func(r [][]string) string { r[4] = r[4][:17]; return join(r, "\t", "\n") }, fec.Fault{Line: 5, Severity: fec.Blocking, Text: "la ligne a 17 champs au lieu de 18"}},
		{"an empty line", "", func(r [][]string) string { r[4] = nil; return join(r, "\t", "\n") }, fec.Fault{Line: 5, Severity: fec.Blocking, Text: "la ligne est vide"}},
		{"a bar within", "", set(4, 11, "Journée | matin"), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "le champ EcritureLib contient une barre"}},
		{"no journal", "", set(4, 1, ""), fec.Fault{Line: 4, Severity: fec.Missing, Text: "le champ JournalCode est vide"}},
		{"no journal label", "", set(4, 2, ""), fec.Fault{Line: 4, Severity: fec.Missing, Text: "le champ JournalLib est vide"}},
		{"no number", "", set(4, 3, ""), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "le champ EcritureNum est vide"}},
		{"no date", "", set(4, 4, ""), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "le champ EcritureDate est vide"}},
		{"no account", "", set(4, 5, ""), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "le champ CompteNum est vide"}},
		{"no account label", "", set(4, 6, ""), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "le champ CompteLib est vide"}},
		{"no document", "", set(4, 9, ""), fec.Fault{Line: 4, Severity: fec.Missing, Text: "le champ PieceRef est vide"}},
		{"no date of document", "", set(4, 10, ""), fec.Fault{Line: 4, Severity: fec.Missing, Text: "le champ PieceDate est vide"}},
		{"no label", "", set(4, 11, " "), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "le champ EcritureLib est vide"}},
		{"no debit", "", set(5, 12, ""), fec.Fault{Line: 5, Severity: fec.Blocking, Text: "le champ Debit est vide"}},
		{"no credit", "", set(4, 13, ""), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "le champ Credit est vide"}},
		{"not validated", "", set(4, 16, ""), fec.Fault{Line: 4, Severity: fec.Missing, Text: "le champ ValidDate est vide"}},
	} {
		c.test(t)
	}
}

func TestEachFaultOfContentIsToldWithItsLine(t *testing.T) {
	for _, c := range []wrong{
		{"decimals after a point", "", set(4, 12, "120.00"), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "le champ Debit «\u00a0120.00\u00a0» a un point"}},
		{"thousands apart", "", set(4, 12, "1 120,00"), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "le champ Debit «\u00a01 120,00\u00a0» a un séparateur de milliers"}},
		{"no number at all", "", set(4, 12, "beaucoup"), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "le champ Debit «\u00a0beaucoup\u00a0» n’est pas un nombre"}},
		{"two signs", "", set(4, 12, "-120,00-"), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "le champ Debit «\u00a0-120,00-\u00a0» n’est pas un nombre"}},
		{"three decimals", "", set(4, 12, "120,001"), fec.Fault{Line: 4, Severity: fec.Anomaly, Text: "le champ Debit «\u00a0120,001\u00a0» a plus de deux décimales"}},
		{"a date with bars", "", set(4, 4, "02/01/2026"), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "le champ EcritureDate «\u00a002/01/2026"}},
		{"a date of no calendar", "", set(4, 10, "20260230"), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "le champ PieceDate «\u00a020260230"}},
		{"a date of lettering that is none", "", set(4, 15, "2026"), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "le champ DateLet"}},
		{"a date of another century", "", set(4, 10, "18991231"), fec.Fault{Line: 4, Severity: fec.Anomaly, Text: "l’année 1899"}},
		{"a short account", "", set(4, 5, "58"), fec.Fault{Line: 4, Severity: fec.Anomaly, Text: "le compte «\u00a058\u00a0»"}},
		{"an account of letters", "", set(4, 5, "CAISSE"), fec.Fault{Line: 4, Severity: fec.Anomaly, Text: "le compte «\u00a0CAISSE\u00a0»"}},
		{"both sides", "", set(4, 13, "5,00"), fec.Fault{Line: 4, Severity: fec.Anomaly, Text: "la ligne doit porter un débit ou un crédit"}},
		{"neither side", "", set(4, 12, "0,00"), fec.Fault{Line: 4, Severity: fec.Anomaly, Text: "la ligne doit porter un débit ou un crédit"}},
		{"an entry out of balance", "", set(4, 12, "120,01"), fec.Fault{Line: 4, Severity: fec.Anomaly, Text: "l’écriture 1 n’est pas équilibrée"}},
		{"totals that differ", "", set(4, 12, "120,01"), fec.Fault{Line: 0, Severity: fec.Anomaly, Text: "le total des débits"}},
		{"a hole in the numbers", "", func(r [][]string) string { r[6][2], r[7][2] = "4", "4"; return join(r, "\t", "\n") }, fec.Fault{Line: 7, Severity: fec.Anomaly, Text: "la numérotation du journal CA a un trou\u00a0: 1 est suivi de 4"}},
		{"after the closing", "", set(4, 4, "20270102"), fec.Fault{Line: 4, Severity: fec.Anomaly, Text: "l’écriture est datée du 20270102"}},
		{"of another year", "", set(4, 4, "20200102"), fec.Fault{Line: 4, Severity: fec.Anomaly, Text: "l’écriture est datée du 20200102"}},
		{"out of order", "", func(r [][]string) string {
			for _, row := range r[6:] {
				row[15] = "20260101"
			}
			return join(r, "\t", "\n")
		}, fec.Fault{Line: 7, Severity: fec.Anomaly, Text: "l’écriture est validée le 20260101"}},
		{"opening balances last", "", func(r [][]string) string { return join(append(append(r[:1:1], r[3:]...), r[1:3]...), "\t", "\n") }, fec.Fault{Line: 7, Severity: fec.Anomaly, Text: "les soldes d’ouverture viennent avant"}},
		{"the closing of the result", "", func(r [][]string) string {
			r[6][4], r[6][11], r[6][12] = "120000", "0,00", "12,50"
			r[7][11], r[7][12] = "12,50", "0,00"
			return join(r, "\t", "\n")
		}, fec.Fault{Line: 7, Severity: fec.Anomaly, Text: "l’écriture 2 solde les comptes de résultat"}},
		{"a currency of no country", "", set(4, 18, "EURO"), fec.Fault{Line: 4, Severity: fec.Anomaly, Text: "la devise «\u00a0EURO"}},
		{"a foreign amount with a point", "", set(4, 17, "1.5"), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "le champ Montantdevise"}},
		{"two encodings", "", func(r [][]string) string { r[4][10] = "\xe9t\xe9"; return join(r, "\t", "\n") }, fec.Fault{Line: 5, Severity: fec.Anomaly, Text: "le fichier mêle deux codages"}},
		{"Windows-1252", "", func(r [][]string) string { r[4][10] = "3 \x80"; return join(latin(r), "\t", "\n") }, fec.Fault{Line: 5, Severity: fec.Anomaly, Text: "la ligne contient un caractère (code 128)"}},
		{"a bell", "", set(4, 11, "ding\a"), fec.Fault{Line: 4, Severity: fec.Blocking, Text: "la ligne contient un caractère de commande"}},
	} {
		c.test(t)
	}
}

func TestASideThatIsNoneIsRefused(t *testing.T) {
	rows := good()
	rows[0][11], rows[0][12] = "Montant", "Sens"
	for _, row := range rows[1:] {
		row[11], row[12] = "1,00", "X"
	}
	if faults := check(t, goodName, join(rows, "|", "\n")); len(faults) != 7 || !strings.HasPrefix(faults[0].Text, "le champ Sens «\u00a0X\u00a0»") {
		t.Errorf("%v", faults)
	}
}

func TestWhatIsWrittenIsWithoutAFaultAndWithoutWhatSeparates(t *testing.T) {
	var out bytes.Buffer
	w := fec.NewWriter(&out)
	line := fec.Line{JournalCode: "CA", JournalLabel: "Caisse", Number: "1", On: "2026-11-20", Account: fec.AccountNumber("58", 0), AccountLabel: "Virements", Piece: "J20",
		PieceOn: "2026-11-20", Label: "L’œuvre | «\u00a0Été\u00a0»\tet\r\nŁódź … 3 € 日", Amount: 123456, ValidOn: "2026-11-21"}
	other := line
	other.Account, other.Amount, other.Party, other.PartyLabel, other.Piece = "411", -123456, "411MARTIN", "Martin", ""
	for _, l := range []fec.Line{line, other} {
		if err := w.Write(l); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want := "CA\tCaisse\t1\t20261120\t580\tVirements\t\t\tJ20\t20261120\tL'\xbduvre / \xab \xc9t\xe9 \xbb et  L\xf3dz ... 3 \xa4 ?\t1234,56\t0,00\t\t\t20261121\t\t\r\n" +
		"CA\tCaisse\t1\t20261120\t411\tVirements\t411MARTIN\tMartin\t-\t20261120\tL'\xbduvre / \xab \xc9t\xe9 \xbb et  L\xf3dz ... 3 \xa4 ?\t0,00\t1234,56\t\t\t20261121\t\t\r\n"
	if got := out.String(); got != strings.Join(fec.Columns, "\t")+"\r\n"+want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if w.Totals != (fec.Totals{Lines: 2, Entries: 1, Debit: 123456, Credit: 123456}) {
		t.Errorf("totals %+v", w.Totals)
	}
	if faults := check(t, fec.Name("732829320", "2026-12-31"), out.String()); len(faults) > 0 {
		t.Errorf("%v", faults)
	}
}

func TestAnEntryOutOfBalanceIsNotWritten(t *testing.T) {
	for _, amounts := range [][]money.Amount{{100, -99}, {100}} {
		w := fec.NewWriter(&bytes.Buffer{})
		for i, a := range amounts {
			if err := w.Write(fec.Line{Number: "1", Label: fmt.Sprint(i), Amount: a}); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err == nil {
			t.Errorf("%v was written", amounts)
		}
	}
}

func TestTheFilesOfTheFolderAreWhatTheirNamesSay(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.txt")
	if err != nil || len(files) < 6 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		faults := check(t, file, string(text))
		if isGood := strings.Contains(filepath.Dir(file), "bon"); isGood != (len(faults) == 0) {
			t.Errorf("%s: %v", file, faults)
		}
	}
}

func FuzzNoFileBreaksTheChecker(f *testing.F) {
	f.Add(join(good(), "\t", "\n"))
	f.Add("JournalCode|JournalLib\n\n|")
	f.Fuzz(func(t *testing.T, text string) {
		faults := 0
		report, err := fec.Check(goodName, strings.NewReader(text), func(fec.Fault) { faults++ })
		if err == nil && report.Faults != faults {
			t.Errorf("%d faults counted, %d told", report.Faults, faults)
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	w := fec.NewWriter(discard{})
	l := fec.Line{JournalCode: "CA", JournalLabel: "Caisse", On: "2026-11-20", Account: "530000", AccountLabel: "Caisse", Piece: "J20", PieceOn: "2026-11-20", Label: "Journée du 20 novembre", ValidOn: "2026-11-21"}
	for i := 0; b.Loop(); i++ {
		l.Number, l.Amount = fmt.Sprint(i/2), money.Amount(1-2*(i%2))*12345
		if err := w.Write(l); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
