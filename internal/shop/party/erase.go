package party

import (
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/seal"
)

// Erase removes the personal data of a card, for good. Entries keep its identifier, which no longer says who it was. A customer who
// still owes something, or is owed, keeps their card until the balance is nil.
func Erase(tx *db.Tx, by, id string) error {
	p, err := Get(tx, id)
	if err != nil || p.Erased() {
		return err
	}
	if p.Kind == Customer {
		balance, err := ledger.Balance(tx, p.Account())
		if err != nil {
			return err
		}
		if balance != 0 {
			return fault.New(fault.Conflict, "Ce client a encore un solde. Soldez son compte avant d’effacer ses données.")
		}
	}
	name := map[Kind]string{Customer: "Client effacé", Supplier: "Fournisseur effacé"}[p.Kind]
	blank := Party{ID: p.ID, Kind: p.Kind, Nature: p.Nature, Name: name, CreatedAt: p.CreatedAt, ErasedAt: tx.Now()}
	if err := put(tx, blank); err != nil {
		return err
	}
	return seal.LogEvent(tx, seal.Event{Code: seal.ParametersChanged, Label: "Données personnelles d’une fiche effacées", By: by, Source: "party:" + p.ID})
}
