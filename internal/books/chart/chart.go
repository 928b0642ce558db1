// Package chart maps what an amount is (a role: the cash of a box, a sale, the VAT collected) to an account of the company’s
// chart. The default is the French chart (plan comptable général); a company may map each role otherwise.
package chart

import (
	"fmt"
	"strings"
)

// Account is a role with the account it posts to.
type Account struct {
	Role, Code, Label string
	Own               bool // mapped by the company, not the default
}

// defaults is the French chart: règlement ANC 2014-03, art. 932-1, and common use for the 5115 to 5117 subdivisions.
var defaults = []Account{
	{Role: "box.cash", Code: "530", Label: "Caisse"},
	{Role: "box.card", Code: "5115", Label: "Cartes bancaires à encaisser"},
	{Role: "box.cheque", Code: "5112", Label: "Chèques à encaisser"},
	{Role: "box.meal", Code: "5116", Label: "Titres-restaurant à encaisser"},
	{Role: "box.transfer", Code: "5117", Label: "Virements à recevoir"},
	{Role: "box.other", Code: "5118", Label: "Autres valeurs à encaisser"},
	{Role: "sale", Code: "707", Label: "Ventes de marchandises"},
	{Role: "sale.service", Code: "706", Label: "Prestations de services"},
	{Role: "vat.collected", Code: "44571", Label: "TVA collectée"},
	{Role: "vat.deductible", Code: "44566", Label: "TVA déductible sur autres biens et services"},
	{Role: "customer", Code: "411", Label: "Clients"},
	{Role: "supplier", Code: "401", Label: "Fournisseurs"},
	{Role: "voucher", Code: "4197", Label: "Clients, bons cadeaux à honorer"},
	{Role: "voucher.expired", Code: "758", Label: "Produits divers de gestion courante, bons cadeaux expirés"},
	{Role: "bank", Code: "512", Label: "Banques"},
	{Role: "bank.fee", Code: "627", Label: "Services bancaires"},
	{Role: "unpaid", Code: "654", Label: "Pertes sur créances irrécouvrables"},
	{Role: "overpaid", Code: "758", Label: "Produits divers de gestion courante, trop-perçus"},
	{Role: "underpaid", Code: "658", Label: "Charges diverses de gestion courante, moins-perçus"},
	{Role: "over", Code: "758", Label: "Produits divers de gestion courante, écarts de caisse"},
	{Role: "short", Code: "658", Label: "Charges diverses de gestion courante, écarts de caisse"},
	{Role: "breakdown", Code: "471", Label: "Compte d’attente, différences de ventilation"},
	{Role: "transit", Code: "58", Label: "Virements internes"},
	{Role: "owner", Code: "108", Label: "Compte de l’exploitant"},
	{Role: "opening", Code: "890", Label: "Bilan d’ouverture"},
	{Role: "expense.goods", Code: "607", Label: "Achats de marchandises"},
	{Role: "expense.supplies", Code: "6063", Label: "Fournitures d’entretien et de petit équipement"},
	{Role: "expense.office", Code: "6064", Label: "Fournitures administratives"},
	{Role: "expense.post", Code: "626", Label: "Frais postaux et de télécommunications"},
	{Role: "expense.travel", Code: "6251", Label: "Voyages et déplacements"},
	{Role: "expense.reception", Code: "6257", Label: "Réceptions"},
	{Role: "expense.repairs", Code: "615", Label: "Entretien et réparations"},
	{Role: "expense.processing", Code: "627", Label: "Services bancaires, traitement des transactions"},
	{Role: "expense.supplier", Code: "401", Label: "Fournisseurs, factures réglées en espèces"},
	{Role: "expense.other", Code: "658", Label: "Charges diverses de gestion courante"},
	{Role: "income.other", Code: "758", Label: "Produits divers de gestion courante"},
	{Role: "income.grant", Code: "74", Label: "Subventions d’exploitation"},
	{Role: "income.interest", Code: "768", Label: "Autres produits financiers"},
	{Role: "income.supplier", Code: "401", Label: "Fournisseurs, remboursements reçus"},
}

// Chart is the chart of a company: every role has an account.
type Chart struct{ byRole map[string]Account }

// Default is the French chart, before a company maps anything.
func Default() Chart {
	c := Chart{byRole: make(map[string]Account, len(defaults))}
	for _, a := range defaults {
		c.byRole[a.Role] = a
	}
	return c
}

// Account gives the code and label of a role. Asking for a role that does not exist is a defect of the program.
func (c Chart) Account(role string) (code, label string) {
	a, ok := c.byRole[role]
	if !ok {
		panic(fmt.Sprintf("chart: no role %q", role))
	}
	return a.Code, a.Label
}

// Has tells whether a role exists.
func (c Chart) Has(role string) bool { _, ok := c.byRole[role]; return ok }

// Accounts lists every role, in the order of the default chart.
func (c Chart) Accounts() []Account {
	list := make([]Account, len(defaults))
	for i, a := range defaults {
		list[i] = c.byRole[a.Role]
	}
	return list
}

// Expenses lists the roles an expense can be filed under.
func (c Chart) Expenses() []Account { return c.under("expense.") }

// Incomes lists the roles an income that is no sale can be filed under.
func (c Chart) Incomes() []Account { return c.under("income.") }

func (c Chart) under(prefix string) []Account {
	var list []Account
	for _, a := range c.Accounts() {
		if strings.HasPrefix(a.Role, prefix) {
			list = append(list, a)
		}
	}
	return list
}

// ValidCode tells whether text can be an account number: 2 to 12 letters and digits of which the first two are digits, classes 1 to 8.
func ValidCode(text string) bool {
	if len(text) < 2 || len(text) > 12 || text[0] < '1' || text[0] > '8' || text[1] < '0' || text[1] > '9' {
		return false
	}
	return strings.Trim(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
