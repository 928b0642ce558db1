package deposit

import (
	"fmt"
	"testing"
)

func TestALongListOfChequesIsShownInPagesAndPutOnSeveralSlips(t *testing.T) {
	hand := Holding{Cheques: make([]Cheque, 430)}
	for i := range hand.Cheques {
		hand.Cheques[i].ID = fmt.Sprint(i)
	}
	for _, c := range []struct {
		page, want int
		first      string
	}{{1, perPage, "0"}, {9, 30, "400"}, {10, 0, ""}} {
		shown := ChequesPage{Page: c.page, Holding: hand}.shown()
		if len(shown) != c.want || c.want > 0 && shown[0].ID != c.first {
			t.Errorf("page %d shows %d cheques", c.page, len(shown))
		}
	}
	if offered := (SlipFormPage{Holding: hand}).offered(); len(offered) != slipCheques || offered[0].ID != "0" {
		t.Errorf("a slip is offered %d cheques", len(offered))
	}
}
