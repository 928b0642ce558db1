package receivable

import (
	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/party"
)

// Refused says why credit may not be granted to a customer, "" when it may: what they would owe passes their limit, and this grant makes
// them owe more than before. without is what the account already holds of the act being redone (the sheet that is corrected), 0 for a new one.
func Refused(q db.Querier, customer party.Party, granted, without money.Amount) (string, error) {
	if !customer.Limited || granted <= max(0, without) {
		return "", nil
	}
	balance, err := ledger.Balance(q, customer.Account())
	if err != nil {
		return "", err
	}
	owed := balance - without
	if owed+granted <= customer.CreditLimit {
		return "", nil
	}
	left := max(0, customer.CreditLimit-owed)
	text := customer.Name + "\u00a0: plafond de crédit de " + locale.Euro(customer.CreditLimit) + ", "
	switch {
	case owed > 0:
		text += "doit déjà " + locale.Euro(owed) + ". "
	case owed < 0:
		text += "en avance de " + locale.Euro(-owed) + ". "
	default:
		text += "ne doit rien. "
	}
	if left == 0 {
		return text + "Il ne reste rien à accorder. Encaissez d’abord un règlement, ou demandez à un responsable.", nil
	}
	return text + "Il reste " + locale.Euro(left) + " à accorder. Réduisez le montant, ou demandez à un responsable.", nil
}
