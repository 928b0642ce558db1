package tender

// Words are other names under which tills print or export a kind of payment, without capitals and accents.
func (k Kind) Words() []string {
	switch k {
	case Cash:
		return []string{"especes", "cash", "liquide", "espece"}
	case Card:
		return []string{"cb", "carte", "cartes", "carte bancaire", "cartes bancaires", "card"}
	case Cheque:
		return []string{"cheque", "cheques"}
	case Meal:
		return []string{"tr", "ticket restaurant", "tickets restaurant", "titre restaurant", "titres restaurant", "titres-restaurant", "titre-restaurant"}
	case Transfer:
		return []string{"virement", "virements"}
	}
	return nil
}
