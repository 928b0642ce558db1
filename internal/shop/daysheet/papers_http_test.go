package daysheet

import (
	"strings"
	"testing"

	"encaisse/internal/test/dbtest"
)

func TestADayLeadsToThePhotosOfItsTicketOpenAndClosed(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t), func(s *market) { s.photo = "ticket/p1" })
	server := s.open(t, people{})
	sheet := s.path(s.till.ID, "2026-11-20", "")
	photo := `href="` + sheet + `/ticket/p1"`
	_, _, page := get(t, server, sheet)
	if !strings.Contains(page, photo) || !strings.Contains(page, `value="ticket"`) {
		t.Error("the sheet to fill in leads to no photo")
	}
	if _, address, _ := post(t, server, sheet+"/brouillon", map[string]string{"suite": "ticket", FieldNote: "marché"}); address != sheet+"/ticket" { // a page of another room
		t.Errorf("the button leads to %s", address)
	}
	if d := s.page(t, s.till.ID, "2026-11-20").Draft; d == nil || d.Fields[FieldNote] != "marché" {
		t.Error("what was typed is lost on the way to the photo")
	}
	s.close(t, s.till.ID, "2026-11-20", s.plain("105,50", "310,35"))
	if _, _, page = get(t, server, sheet); !strings.Contains(page, photo) {
		t.Error("the closed day leads to no photo")
	}
	if _, _, page = get(t, server, sheet+"/corriger"); strings.Contains(page, `value="ticket"`) {
		t.Error("a correction takes a photo")
	}
}
