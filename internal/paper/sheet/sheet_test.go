package sheet

import (
	"bytes"
	"encoding/csv"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/table"

	"github.com/xuri/excelize/v2"
)

// journal is a list with everything a list can have.
func journal() table.Table {
	t := table.Table{
		Title: "Journal : caisse 1/2", Info: [][2]string{{"Période", "novembre 2026"}},
		Columns: []table.Column{{Label: "Date", Kind: table.Date}, {Label: "N°", Kind: table.Number}, {Label: "Libellé"}, {Label: "Entrée", Kind: table.Money}, {Label: "Solde", Kind: table.Money}},
	}
	none := table.Cell{}
	t.Add(table.Balance, table.Text("Solde avant"), none, none, none, table.Amount(15000))
	t.Add(table.Plain, table.On("2026-11-20"), table.Int(1200), table.Text("Recettes & « bons »"), table.Amount(129280), table.Amount(144280))
	t.Add(table.Struck, table.On("2026-11-21"), table.Int(1201), table.Text("=1+1"), table.Amount(-1210), table.Amount(143070))
	t.AddTotal(table.Total, table.Text("Totaux"), none, none, table.Amount(128070), none)
	t.AddTotal(table.Balance, table.Text("Solde après"), none, none, none, table.Amount(143070))
	return t
}

func TestACSVFileHoldsTheHeaderAndTheFactsOnly(t *testing.T) {
	var out bytes.Buffer
	if err := WriteCSV(&out, journal()); err != nil {
		t.Fatal(err)
	}
	want := "\uFEFFDate;N°;Libellé;Entrée;Solde\r\n20/11/2026;1200;Recettes & « bons »;1292,80;1442,80\r\n21/11/2026;1201;'=1+1;-12,10;1430,70\r\n"
	if out.String() != want {
		t.Errorf("the file is %q, want %q", out.String(), want)
	}
}

func TestATextThatWouldRunAsAFormulaIsNeutralisedAndNumbersStayNumbers(t *testing.T) {
	for given, want := range map[string]string{
		"=1+1": "'=1+1", "+33 6 12": "'+33 6 12", "-5": "'-5", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'=1", "\n=1": "'\n=1",
		" =1": "' =1", "\u00a0=1": "'\u00a0=1", "＝1": "'＝1", "−5": "−5", "a=1": "a=1", "": "", " ": " ", "5-3": "5-3",
		`=HYPERLINK("http://x";"y")`: `'=HYPERLINK("http://x";"y")`,
	} {
		one := table.Table{Columns: []table.Column{{Label: given}, {Label: "Montant", Kind: table.Money}}}
		one.Add(table.Plain, table.Text(given), table.Amount(-500))
		var out bytes.Buffer
		if err := WriteCSV(&out, one); err != nil {
			t.Fatal(err)
		}
		reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), bom)))
		reader.Comma = ';'
		rows, err := reader.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if got := rows[1][0]; got != want || rows[0][0] != want { // a lone CR does not come out of the writer
			t.Errorf("%q is written %q and %q, want %q", given, rows[0][0], got, want)
		}
		if rows[1][1] != "-5,00" {
			t.Errorf("the amount is written %q", rows[1][1])
		}
	}
}

// open writes a book and reads it back.
func open(t *testing.T, b Book) *excelize.File {
	t.Helper()
	var out bytes.Buffer
	if err := b.WriteXLSX(&out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// book is a file of two sheets of one title.
func book() Book {
	return Book{
		Title: "Journal de caisse", Info: [][2]string{{"Société", "Épicerie des Halles"}}, Author: "Épicerie des Halles", Software: "Encaisse 0.1.0",
		GeneratedAt: time.Date(2026, 12, 1, 7, 5, 0, 0, time.UTC), Tables: []table.Table{journal(), journal()},
	}
}

func TestAnXLSXFileReadsBackAsRealNumbersAndDates(t *testing.T) {
	f := open(t, book())
	if got := strings.Join(f.GetSheetList(), "|"); got != "Journal   caisse 1 2|Journal   caisse 1 2 2" {
		t.Errorf("sheets are %q", got)
	}
	name := f.GetSheetList()[0]
	shown := map[string]string{
		"A1": "Journal de caisse", "A2": "Journal : caisse 1/2", "A3": "Société\u00a0: Épicerie des Halles", "A4": "Période\u00a0: novembre 2026",
		"A6": "Date", "A7": "Solde avant", "E7": "150.00 €", "A8": "20/11/2026", "B8": "1,200", "C8": "Recettes & « bons »", "D8": "1,292.80 €",
		"C9": "=1+1", "D9": "-12.10 €", "D10": "1,280.70 €", "E11": "1,430.70 €",
	}
	for cell, want := range shown {
		if got, err := f.GetCellValue(name, cell); err != nil || got != want {
			t.Errorf("%s shows %q (%v), want %q", cell, got, err, want)
		}
	}
	for cell, want := range map[string]string{"A8": "46346", "B8": "1200", "D8": "1292.8", "D9": "-12.1"} {
		got, err := f.GetCellValue(name, cell, excelize.Options{RawCellValue: true})
		if kind, _ := f.GetCellType(name, cell); err != nil || got != want || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			t.Errorf("%s holds %q of type %v (%v), want the number %s", cell, got, kind, err, want)
		}
	}
	if kind, _ := f.GetCellType(name, "C9"); kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
		t.Errorf("a text that begins with = is of type %v", kind)
	}
	if got, _ := f.GetCellFormula(name, "C9"); got != "" {
		t.Errorf("a text became the formula %q", got)
	}
}

func TestATotalIsAFormulaOnlyWhereItIsTheSumOfItsColumn(t *testing.T) {
	f := open(t, book())
	name := f.GetSheetList()[0]
	for cell, want := range map[string]string{"D10": "SUBTOTAL(109,D7:D9)", "E11": "", "E10": ""} {
		if got, err := f.GetCellFormula(name, cell); err != nil || got != want {
			t.Errorf("formula of %s is %q (%v), want %q", cell, got, err, want)
		}
	}
	if got, err := f.CalcCellValue(name, "D10"); err != nil || got != "1280.7" && got != "1,280.70 €" {
		t.Errorf("the total computes to %q (%v)", got, err)
	}
}

func TestTheHeaderIsFrozenFilteredAndRepeatedOnPaper(t *testing.T) {
	f := open(t, book())
	name := f.GetSheetList()[0]
	panes, err := f.GetPanes(name)
	if err != nil || !panes.Freeze || panes.YSplit != 6 {
		t.Errorf("panes are %+v (%v)", panes, err)
	}
	layout, err := f.GetPageLayout(name)
	if err != nil || layout.Size == nil || *layout.Size != 9 || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
		t.Errorf("page layout is %+v (%v)", layout, err)
	}
	var names []string
	for _, defined := range f.GetDefinedName() {
		names = append(names, defined.Name+" "+defined.RefersTo)
	}
	all := strings.Join(names, "\n")
	if !strings.Contains(all, "_xlnm.Print_Titles 'Journal   caisse 1 2'!$6:$6") || !strings.Contains(all, "_FilterDatabase 'Journal   caisse 1 2'!$A$6:$E$9") {
		t.Errorf("defined names are:\n%s", all)
	}
	if width, err := f.GetColWidth(name, "C"); err != nil || width < 20 {
		t.Errorf("width of the words is %v (%v)", width, err)
	}
}

func TestEveryAmountIsReadBackToTheCent(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	list := table.Table{Title: "Montants", Columns: []table.Column{{Label: "Montant", Kind: table.Money}}}
	amounts := []money.Amount{money.Max, -money.Max, 1, -1, 10, 29, 1005, 99999999999}
	for range 500 {
		amounts = append(amounts, money.Amount(random.Int64N(2*int64(money.Max))-int64(money.Max)))
	}
	for _, a := range amounts {
		list.Add(table.Plain, table.Amount(a))
	}
	f := open(t, Book{Title: "Montants", Tables: []table.Table{list}})
	rows, err := f.GetRows("Montants", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range amounts {
		if got := rows[len(rows)-len(amounts)+i][0]; got != trimZeros(a) {
			t.Errorf("%d cents are read back %s, want %s", a, got, trimZeros(a))
		}
	}
}

// trimZeros writes an amount as a spreadsheet keeps it: 12.5, −3 with a plain hyphen.
func trimZeros(a money.Amount) string {
	text := strings.ReplaceAll(field(table.Amount(a)), ",", ".")
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

func TestWhatIsTooLongIsRefusedWithAFault(t *testing.T) {
	long := table.Table{Columns: []table.Column{{Label: "n"}}, Rows: make([]table.Row, table.MaxRows+1)}
	var out bytes.Buffer
	if err := WriteCSV(&out, long); !fault.Is(err, fault.Invalid) || out.Len() != 0 {
		t.Errorf("CSV: %v, %d bytes written", err, out.Len())
	}
	if err := (Book{Tables: []table.Table{long}}).WriteXLSX(&out); !fault.Is(err, fault.Invalid) || out.Len() != 0 {
		t.Errorf("XLSX: %v, %d bytes written", err, out.Len())
	}
	half := table.Table{Columns: []table.Column{{Label: "n"}}, Rows: make([]table.Row, table.MaxRows/2+1)}
	if err := (Book{Tables: []table.Table{half, half}}).WriteXLSX(&out); !fault.Is(err, fault.Invalid) {
		t.Errorf("two tables too long together: %v", err)
	}
}
