package seal_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/id"
	"encaisse/internal/books/seal"
	"encaisse/internal/test/dbtest"
)

func TestTheWitnessKeepsWhatItIsTold(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	folder := filepath.Join(t.TempDir(), "heads")
	w := seal.NewWitness(folder)
	if heads, err := w.Heads(s.company); err != nil || heads != nil {
		t.Errorf("heads of a company never seen: %v %v", heads, err)
	}
	for _, act := range []string{"act-1", "act-2"} {
		s.seal("till-1", seal.Sale, act)
		if err := w.Keep(s.company, s.heads()); err != nil {
			t.Fatal(err)
		}
	}
	heads, err := seal.NewWitness(folder).Heads(s.company)
	if err != nil || !slices.Equal(heads, s.heads()) {
		t.Errorf("heads %+v %v, want %+v", heads, err, s.heads())
	}
	if others, err := w.Heads(id.New()); err != nil || others != nil {
		t.Errorf("heads of another company: %v %v", others, err)
	}
	if files, err := os.ReadDir(folder); err != nil || len(files) != 1 {
		t.Errorf("files %v %v", files, err)
	}
}

func TestTheWitnessNeverGoesBack(t *testing.T) { // LAW-ISCA-S-3
	company := id.New()
	seen := []seal.Head{{Register: "till-1", Chain: seal.Sale, Seq: 5, Signature: "five"}, {Register: "till-1", Chain: seal.Daily, Seq: 1, Signature: "one"}}
	for name, has := range map[string][]seal.Head{
		"an older copy":     {{Register: "till-1", Chain: seal.Sale, Seq: 4, Signature: "four"}, seen[1]},
		"another signature": {{Register: "till-1", Chain: seal.Sale, Seq: 5, Signature: "V"}, seen[1]},
		"a missing chain":   {seen[0]},
	} {
		w := seal.NewWitness(t.TempDir())
		if err := w.Keep(company, seen); err != nil {
			t.Fatal(err)
		}
		err := w.Keep(company, has)
		behind, is := errors.AsType[*seal.Behind](err)
		if !is || !strings.Contains(err.Error(), behind.Seen.Chain) {
			t.Errorf("%s was kept: %v", name, err)
		}
		if heads, err := w.Heads(company); err != nil || !slices.Equal(heads, seen) {
			t.Errorf("%s: the witness now says %v %v", name, heads, err)
		}
		if err := w.Replace(company, has); err != nil {
			t.Fatal(err)
		}
		if heads, err := w.Heads(company); err != nil || !slices.Equal(heads, has) {
			t.Errorf("%s: after a restore the witness says %v %v", name, heads, err)
		}
	}
}

func TestAWitnessThatCannotBeReadIsNotTakenForEmpty(t *testing.T) {
	folder, company := t.TempDir(), id.New()
	w := seal.NewWitness(folder)
	for _, text := range []string{"", "{", `{"company":"another"}`} {
		if err := os.WriteFile(filepath.Join(folder, company+".json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Heads(company); err == nil {
			t.Errorf("%q was read", text)
		}
		if err := w.Keep(company, nil); err == nil {
			t.Errorf("%q was written over", text)
		}
	}
	if err := w.Keep("../elsewhere", nil); err == nil {
		t.Error("a company that is no identifier was taken")
	}
}
