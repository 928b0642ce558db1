package web

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
)

func TestAFormIsReadAndEverythingWrongIsSaidAtOnce(t *testing.T) {
	f := NewForm(url.Values{
		"montant": {"abc"}, "nombre": {"-3"}, "date": {"2026-02-30"}, "libelle": {"  timbres  "}, "long": {strings.Repeat("é", 11)}, "choix": {"autre"}, "cle": {"x"}, "vide": {" "},
		"nul": {"a\x00b"}, "lignes": {"une\r\ndeux\x07"},
	})
	f.Amount("montant")
	f.Count("nombre")
	f.Day("date")
	f.Text("long", 10)
	f.Choice("choix", "rendu", "saisie")
	f.ID("cle")
	f.Need("vide", 10, "Dites pourquoi.")
	f.Text("nul", 10)
	f.Lines("lignes", 100)
	if got := f.Text("libelle", 10); got != "timbres" {
		t.Errorf("text %q", got)
	}
	refused, ok := errors.AsType[*fault.Fault](f.Err())
	if !ok || refused.Kind != fault.Invalid || len(refused.Fields) != 9 || refused.Fields["vide"] != "Dites pourquoi." {
		t.Errorf("fault %v", f.Err())
	}
	f.Refuse("vide", "Autre chose.")
	if refused.Fields["vide"] != "Dites pourquoi." {
		t.Error("the first message about a field is not kept")
	}
}

func TestAFormThatReadsWellHasNoError(t *testing.T) {
	key := id.New()
	f := NewForm(url.Values{"montant": {"100+50-3,2"}, "nombre": {"47"}, "date": {"20/11/2026"}, "iso": {"2026-11-20"}, "choix": {""}, "cle": {key}, "coche": {"oui"}, "lignes": {"une\r\ndeux"}})
	amount, given := f.Amount("montant")
	count, counted := f.Count("nombre")
	if amount != 14680 || !given || count != 47 || !counted || f.Day("date") != "2026-11-20" || f.Day("iso") != "2026-11-20" || f.Day("rien") != "" {
		t.Errorf("read %d %v %d %v", amount, given, count, counted)
	}
	if _, given := f.Amount("rien"); given {
		t.Error("an empty field counts as given")
	}
	if f.Choice("choix", "", "a") != "" || f.ID("cle") != key || !f.Checked("coche") || f.Checked("rien") || f.Lines("lignes", 20) != "une\ndeux" {
		t.Error("a field is read wrong")
	}
	if err := f.Err(); err != nil {
		t.Errorf("error %v", err)
	}
}
