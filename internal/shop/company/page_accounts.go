package company

import (
	"strings"

	"encaisse/internal/books/chart"
	"encaisse/internal/web/ui"
)

// AccountsPage is the company's chart of accounts.
type AccountsPage struct {
	Frame  ui.Frame
	Action string
	Groups []AccountGroup
	Err    error
}

// AccountGroup is a part of the chart.
type AccountGroup struct {
	Title string
	Lines []AccountLine
}

// AccountLine is a role with its account.
type AccountLine struct {
	What        string // in the shop's words
	Own         bool
	Code, Label ui.Field
}

// roleWords says what each role is in the shop's words, by group.
var roleWords = []struct {
	group string
	roles [][2]string
}{
	{"Caisse", [][2]string{
		{"box.cash", "Espèces en caisse"}, {"box.card", "Carte bancaire"}, {"box.cheque", "Chèques"}, {"box.meal", "Titres-restaurant"},
		{"box.transfer", "Virements"}, {"box.other", "Autres moyens"}, {"transit", "Remises en banque et transferts"}, {"owner", "Apports et prélèvements"},
	}},
	{"Ventes et TVA", [][2]string{
		{"sale", "Ventes de marchandises"}, {"sale.service", "Services"}, {"vat.collected", "TVA collectée"}, {"vat.deductible", "TVA déductible sur dépenses"},
	}},
	{"Clients et fournisseurs", [][2]string{{"customer", "Crédit client"}, {"supplier", "Fournisseurs"}, {"voucher", "Bons cadeaux à honorer"}, {"voucher.expired", "Bons cadeaux expirés"}}},
	{"Banque", [][2]string{{"bank", "Compte en banque"}, {"bank.fee", "Frais de banque"}, {"unpaid", "Chèques impayés perdus"}}},
	{"Recettes diverses", [][2]string{
		{"income.other", "Recette diverse"}, {"income.grant", "Aide ou subvention"}, {"income.interest", "Intérêts"}, {"income.supplier", "Remboursement d’un fournisseur"},
	}},
	{"Écarts", [][2]string{
		{"over", "Trop en caisse"}, {"short", "Manque en caisse"}, {"overpaid", "Trop-perçus"}, {"underpaid", "Moins-perçus"},
		{"breakdown", "Différence de ventilation"}, {"opening", "Soldes de départ"},
	}},
}

// accountGroups lists the chart by groups; roles without a group of their own come last: the expenses.
func accountGroups(plan chart.Chart, answers ui.Answers) []AccountGroup {
	words, groupOf := map[string]string{}, map[string]int{}
	groups := make([]AccountGroup, len(roleWords)+1)
	for i, g := range roleWords {
		groups[i].Title = g.group
		for _, role := range g.roles {
			words[role[0]], groupOf[role[0]] = role[1], i
		}
	}
	groups[len(roleWords)].Title = "Dépenses"
	for _, a := range plan.Accounts() {
		at, known := groupOf[a.Role]
		if !known {
			at = len(roleWords)
		}
		what := words[a.Role]
		if what == "" {
			what = a.Label
		}
		groups[at].Lines = append(groups[at].Lines, AccountLine{
			What: what, Own: a.Own,
			Code:  answers.Fill(ui.Field{Name: codeField(a.Role), Label: "Compte pour " + what, HideLabel: true, Value: a.Code, Max: 12}),
			Label: answers.Fill(ui.Field{Name: labelField(a.Role), Label: "Intitulé pour " + what, HideLabel: true, Value: a.Label, Max: 120}),
		})
	}
	return groups
}

func codeField(role string) string { return "code-" + strings.ReplaceAll(role, ".", "-") }

func labelField(role string) string { return "label-" + strings.ReplaceAll(role, ".", "-") }

// fields are all the questions of the page, for the summary of errors.
func (p AccountsPage) fields() []ui.Field {
	var list []ui.Field
	for _, g := range p.Groups {
		for _, l := range g.Lines {
			list = append(list, l.Code, l.Label)
		}
	}
	return list
}
