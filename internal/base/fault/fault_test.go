package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"encaisse/internal/base/fault"
)

func TestTheKindOfAnErrorIsThatOfTheNearestFault(t *testing.T) {
	disk := errors.New("disk")
	inner := fault.Wrap(fault.StorageFull, "Disque plein.", disk)
	for _, c := range []struct {
		name string
		err  error
		want fault.Kind
	}{
		{"no error", nil, ""},
		{"an error of another make", disk, fault.Internal},
		{"a fault", fault.New(fault.Invalid, "Corrigez."), fault.Invalid},
		{"a fault under some words", fmt.Errorf("while posting: %w", inner), fault.StorageFull},
		{"a fault around another", fault.Wrap(fault.Unavailable, "Recommencez.", inner), fault.Unavailable},
		{"a fault beside an error", errors.Join(disk, inner), fault.StorageFull},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fault.KindOf(c.err); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			if c.want != "" && (!fault.Is(c.err, c.want) || fault.Is(c.err, fault.Forbidden)) {
				t.Errorf("Is does not agree with KindOf on %v", c.err)
			}
		})
	}
	if !errors.Is(inner, disk) {
		t.Error("the cause of a fault is not found")
	}
}

func TestALogLineSaysKindMessageFieldsAndCause(t *testing.T) {
	for want, f := range map[string]*fault.Fault{
		"locked: Verrouillée.":                 fault.New(fault.Locked, "Verrouillée."),
		"notfound: La ligne 3 n’existe pas.":   fault.Newf(fault.NotFound, "La ligne %d n’existe pas.", 3),
		"invalid: Corrigez. map[a:un b:deux]":  fault.New(fault.Invalid, "Corrigez.").Field("b", "deux").Field("a", "un"),
		"internal: Défaut.: bad checksum":      fault.Wrap(fault.Internal, "Défaut.", errors.New("bad checksum")),
		"invalid: Corrigez. map[a:un]: parsed": {Kind: fault.Invalid, Message: "Corrigez.", Fields: map[string]string{"a": "un"}, Cause: errors.New("parsed")},
	} {
		if got := f.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestTheLastWordOnAFieldHolds(t *testing.T) {
	f := fault.New(fault.Invalid, "").Field("montant", "Écrivez un montant.").Field("montant", "Écrivez un montant positif.")
	if len(f.Fields) != 1 || f.Fields["montant"] != "Écrivez un montant positif." {
		t.Errorf("fields %v", f.Fields)
	}
}
