package sheet

import (
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/fault"

	"github.com/xuri/excelize/v2"
)

func TestAListIsReadWhateverItsEncodingAndSeparator(t *testing.T) {
	want := [][]string{{"Date", "Épicerie", "Espèces"}, {"20/11/2026", "12,50", "12,50"}}
	for name, text := range map[string]string{
		"UTF-8 with its mark, semicolons": "\uFEFFDate;Épicerie;Espèces\r\n20/11/2026;12,50;12,50\r\n",
		"UTF-8, commas and quotes":        "Date,Épicerie,Espèces\n20/11/2026,\"12,50\",\"12,50\"\n",
		"Windows-1252, tabs":              "Date\t\xc9picerie\tEsp\xe8ces\n20/11/2026\t12,50\t12,50",
		"UTF-16, semicolons":              "\xff\xfeD\x00a\x00t\x00e\x00;\x00\xc9\x00p\x00i\x00c\x00e\x00r\x00i\x00e\x00;\x00E\x00s\x00p\x00\xe8\x00c\x00e\x00s\x00\n\x002\x000\x00/\x001\x001\x00/\x002\x000\x002\x006\x00;\x001\x002\x00,\x005\x000\x00;\x001\x002\x00,\x005\x000\x00",
		"lines empty at the end":          "Date|Épicerie|Espèces\n20/11/2026|12,50|12,50\n\n\n",
	} {
		t.Run(name, func(t *testing.T) {
			rows, err := Read([]byte(text))
			if err != nil || !slices.EqualFunc(rows, want, slices.Equal) {
				t.Errorf("%q %v", rows, err)
			}
		})
	}
}

func TestLinesKeepTheirNumbers(t *testing.T) {
	rows, err := Read([]byte("Relevé\n\n\nDate;Montant\n20/11/2026;1"))
	if err != nil || len(rows) != 5 || rows[4][0] != "20/11/2026" {
		t.Errorf("%q %v", rows, err)
	}
}

func TestAWorkbookIsReadWithItsExactNumbersAndDates(t *testing.T) {
	f := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "Date", "B1": "Montant", "A2": 46346, "B2": 1292.8000000000002, "A3": "21/11/2026", "B3": 0.1 + 0.2} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var b strings.Builder
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := Read([]byte(b.String()))
	if want := [][]string{{"Date", "Montant"}, {"46346", "1292.8"}, {"21/11/2026", "0.3"}}; err != nil || !slices.EqualFunc(rows, want, slices.Equal) {
		t.Errorf("%q %v", rows, err)
	}
	if on, ok := Serial("46346.75"); !ok || on != "2026-11-20" {
		t.Errorf("%s %v", on, ok)
	}
	if _, ok := Serial("1292"); ok {
		t.Error("an amount is taken for a day")
	}
}

func TestWhatIsNoListIsRefused(t *testing.T) {
	for name, body := range map[string]string{
		"a picture": "\x89PNG\r\n\x1a\n\x00\x00", "a broken workbook": "PK\x03\x04 and no more", "a cell without end": "a;b\n" + strings.Repeat("x", maxReadCell+1),
		"too many columns": strings.Repeat("a;", maxReadColumns+1), "too many lines": strings.Repeat("a;b\n", maxReadRows+1),
	} {
		if _, err := Read([]byte(body)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
