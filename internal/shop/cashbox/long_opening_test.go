package cashbox

import (
	"fmt"
	"net/url"
	"testing"

	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
)

func TestOfManyCustomersTheOpeningShowsThoseSearchedOrTypedOrOpenedAlready(t *testing.T) {
	page := func() OpeningPage {
		lines := []OpeningLine{{Account: ledger.Account{Key: "box/1/cash"}, Box: "1"}}
		for i := range 1000 {
			l := OpeningLine{Account: ledger.Account{Key: fmt.Sprintf("customer/%d", i)}, Party: fmt.Sprint(i), Label: fmt.Sprintf("Élodie %03d", i)}
			if i%100 == 0 {
				l.Posted = money.Amount(i + 1)
			}
			lines = append(lines, l)
		}
		return OpeningPage{Opening: Opening{Lines: lines}}
	}
	for _, c := range []struct {
		words string
		typed url.Values
		want  int
	}{
		{"", nil, 1 + 10},
		{"elodie 12", nil, 1 + 20}, // 012, 112… 912, and 120 to 129
		{"personne", nil, 1},
		{"personne", url.Values{OpeningField("customer/7"): {"12"}}, 1 + 1},
		{"elodie", nil, 1 + openedWhole},
	} {
		p := page()
		p.search(c.words, c.typed)
		if len(p.Opening.Lines) != c.want || p.Customers != 1000 {
			t.Errorf("%q %v: %d lines of %d customers, want %d", c.words, c.typed, len(p.Opening.Lines), p.Customers, c.want)
		}
	}
	few := OpeningPage{Opening: Opening{Lines: page().Opening.Lines[:openedWhole]}}
	if few.search("personne", nil); len(few.Opening.Lines) != openedWhole {
		t.Errorf("few customers are not all shown: %d", len(few.Opening.Lines))
	}
}
