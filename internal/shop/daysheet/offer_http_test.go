package daysheet

import (
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/test/dbtest"
)

func TestAnOperationIsOfferedOnlyWhereTheBoxAllowsThePersonOne(t *testing.T) {
	s := newMarket(t, dbtest.SQLite(t))
	server := s.open(t, people{})
	const button = `name="suite" value="operation"`
	if _, _, body := get(t, server, s.path(s.till.ID, fri, "")); !strings.Contains(body, button) {
		t.Fatal("a box nobody set offers no operation")
	}
	s.write(t, func(tx *db.Tx) error {
		return cashbox.SetAccess(tx, "u", s.till.ID, cashbox.Access{General: cashbox.Actions{cashbox.ActView, cashbox.ActReceive}})
	})
	if _, _, body := get(t, server, s.path(s.till.ID, fri, "")); strings.Contains(body, button) {
		t.Error("a box that allows none offers an operation")
	}
}
