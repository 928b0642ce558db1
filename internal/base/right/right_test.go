package right_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"

	"encaisse/internal/base/right"
)

// declared are the values of the rights the source declares.
func declared(t *testing.T) (all []right.Right) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "right.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, is := n.(*ast.ValueSpec)
		if !is {
			return true
		}
		if kind, is := spec.Type.(*ast.Ident); is && kind.Name == "Right" {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, right.Right(text))
		}
		return true
	})
	return all
}

func TestEveryRightARoleCanHoldHasItsFrenchWordsOnce(t *testing.T) {
	labels := map[right.Right]bool{}
	for _, l := range right.All() {
		if labels[l.Right] || l.Group == "" || l.Text == "" {
			t.Errorf("%+v", l)
		}
		labels[l.Right] = true
	}
	all := declared(t)
	if len(all) < 10 {
		t.Fatalf("%d rights read from the source", len(all))
	}
	for _, r := range all {
		if held := !slices.Contains([]right.Right{right.Public, right.SignedIn, right.Member}, r); labels[r] != held {
			t.Errorf("%s: shown to those who make roles: %v, want %v", r, labels[r], held)
		}
	}
}

func TestASetHoldsItsRightsAndMembership(t *testing.T) {
	set := right.Set{right.DaysheetView, right.ReportView}
	for r, want := range map[right.Right]bool{
		right.DaysheetView: true, right.ReportView: true, right.Member: true,
		right.DaysheetEnter: false, right.SettingsEdit: false, right.Public: false, right.SignedIn: false, "": false,
	} {
		if got := set.Has(r); got != want {
			t.Errorf("%q: %v, want %v", r, got, want)
		}
	}
	if !(right.Set{}).Has(right.Member) {
		t.Error("whoever belongs to a company is a member, whatever the role")
	}
}
