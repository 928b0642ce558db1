package table

import (
	"testing"

	"encaisse/internal/base/fault"
)

func TestCellsAreWrittenByTheirKindAndEmptyIsNotZero(t *testing.T) {
	for want, cell := range map[string]Cell{
		"": Some(0), "0,00": Amount(0), "−1\u00a0292,80": Amount(-129280), "20/11/2026": On("2026-11-20"), "12\u00a0000": Int(12000), "Épicerie": Text("Épicerie"),
	} {
		if got := cell.String(); got != want {
			t.Errorf("cell %+v is written %q, want %q", cell, got, want)
		}
	}
	if !On("").IsEmpty() || !Text("").IsEmpty() || !Some(0).IsEmpty() || Amount(0).IsEmpty() || Int(0).IsEmpty() {
		t.Error("empty and zero are confused")
	}
}

func TestSumsCountFactsOnly(t *testing.T) {
	list := Table{Columns: []Column{{Label: "Entrée", Kind: Money}}}
	list.Add(Balance, Amount(10000))
	list.Add(Group, Text("Novembre"))
	list.Add(Plain, Amount(250))
	list.Add(Struck, Amount(-50))
	list.Add(Subtotal, Amount(200))
	if got := list.Sum(0); got != 200 {
		t.Errorf("sum = %d, want 200", got)
	}
}

func TestATableTooLongOrWiderThanItsColumnsIsRefused(t *testing.T) {
	long := Table{Columns: []Column{{Label: "n"}}, Rows: make([]Row, MaxRows+1)}
	if err := long.Check(); !fault.Is(err, fault.Invalid) {
		t.Errorf("too long: %v", err)
	}
	wide := Table{Columns: []Column{{Label: "n"}}}
	wide.AddTotal(Total, Int(1), Int(2))
	if err := wide.Check(); !fault.Is(err, fault.Internal) {
		t.Errorf("too wide: %v", err)
	}
}
