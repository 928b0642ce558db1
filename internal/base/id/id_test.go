package id_test

import (
	"slices"
	"testing"

	"encaisse/internal/base/id"
)

func TestIdentifiersSortInTheOrderTheyWereMade(t *testing.T) {
	made := make([]string, 1000)
	for i := range made {
		made[i] = id.New()
		if !id.Valid(made[i]) || made[i][14] != '7' {
			t.Fatalf("made %q", made[i])
		}
	}
	if !slices.IsSorted(made) || len(slices.Compact(made)) != 1000 {
		t.Error("they do not rise one after the other")
	}
}

func TestOnlyTheUsualFormOfAnIdentifierIsTaken(t *testing.T) {
	for text, want := range map[string]bool{
		"01931b6e-7c00-7000-8000-000000000001":          true,
		"f47ac10b-58cc-4372-a567-0e02b2c3d479":          true, // made elsewhere, of another version
		"":                                              false,
		"01931B6E-7C00-7000-8000-000000000001":          false, // the same one in capitals would be another key
		"01931b6e7c0070008000000000000001":              false,
		"{01931b6e-7c00-7000-8000-000000000001}":        false,
		"urn:uuid:01931b6e-7c00-7000-8000-000000000001": false,
		"01931b6e-7c00-7000-8000-00000000000g":          false,
		"01931b6e-7c00-7000-8000-00000000000":           false,
		"01931b6e-7c00-7000-8000-000000000001 ":         false,
		"01931b6e 7c00 7000 8000 000000000001":          false,
	} {
		if got := id.Valid(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
