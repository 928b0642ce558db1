package cashbox

// Kind of movement.
type Kind string

// The kinds people record by hand.
const (
	Income   Kind = "income"   // recette: money received that is no sale of the day
	Expense  Kind = "expense"  // dépense
	PaidIn   Kind = "paid-in"  // apport of the owner
	PaidOut  Kind = "paid-out" // prélèvement of the owner
	Deposit  Kind = "deposit"  // remise en banque
	Transfer Kind = "transfer" // between two boxes, or two methods of one: an automatic pair
)

// The kinds acts of other rooms make.
const (
	Fee               Kind = "fee" // of a payment, by the conditions of its box
	OrderPayment      Kind = "order-payment"
	OrderPrepayment   Kind = "order-prepayment"
	CustomerRefund    Kind = "customer-refund"
	OverpaymentRefund Kind = "overpayment-refund" // of what an order was prepaid too much
	SalePayment       Kind = "sale-payment"
	ReturnPayment     Kind = "return-payment"
	GoodsReceipt      Kind = "goods-receipt" // goods paid from the box when they come
	SupplierRefund    Kind = "supplier-refund"
	InvoicePayment    Kind = "invoice-payment"
)

// kindFacts is what is known of a kind.
type kindFacts struct {
	label, icon string
	group       Kind // the kind it counts with in a drawer
	feminine    bool
	payment     bool // fees are taken on it
}

var kindsKnown = map[Kind]kindFacts{
	Income:            {"Recette", "plus", PaidIn, true, true},
	Expense:           {"Dépense", "depense", Expense, true, true},
	PaidIn:            {"Apport", "entree", PaidIn, false, false},
	PaidOut:           {"Prélèvement", "sortie", PaidOut, false, false},
	Deposit:           {"Remise en banque", "banque", Deposit, true, false},
	Transfer:          {"Transfert", "transfert", Transfer, false, false},
	Fee:               {"Frais", "moins", Expense, false, false},
	OrderPayment:      {"Paiement de commande", "entree", PaidIn, false, true},
	OrderPrepayment:   {"Acompte de commande", "entree", PaidIn, false, true},
	CustomerRefund:    {"Remboursement au client", "sortie", PaidOut, false, true},
	OverpaymentRefund: {"Remboursement d’un trop-perçu", "sortie", PaidOut, false, true},
	SalePayment:       {"Paiement de vente", "entree", PaidIn, false, true},
	ReturnPayment:     {"Paiement d’un retour", "sortie", PaidOut, false, true},
	GoodsReceipt:      {"Réception de marchandises", "depense", Expense, true, true},
	SupplierRefund:    {"Remboursement d’un fournisseur", "entree", PaidIn, false, true},
	InvoicePayment:    {"Paiement de facture", "entree", PaidIn, false, true},
}

// Kinds lists the kinds recorded by hand, in the order a form proposes them.
func Kinds() []Kind { return []Kind{Expense, Income, Transfer, PaidIn, PaidOut, Deposit} }

// AllKinds lists every kind a statement may show.
func AllKinds() []Kind {
	return append(Kinds(), Fee, OrderPayment, OrderPrepayment, CustomerRefund, OverpaymentRefund, SalePayment, ReturnPayment, GoodsReceipt, SupplierRefund, InvoicePayment)
}

// Label is the French name of a kind, "" for an unknown one.
func (k Kind) Label() string { return kindsKnown[k].label }

// Icon is the drawing of a kind.
func (k Kind) Icon() string { return kindsKnown[k].icon }

// Group is the kind a movement counts with in a drawer: an apport, a prélèvement, a dépense, a remise or a transfert.
func (k Kind) Group() Kind { return kindsKnown[k].group }

// comesIn tells whether the money enters the box of the movement.
func (k Kind) comesIn() bool { return k.Group() == PaidIn }

// isPayment tells whether fees are taken on movements of the kind.
func (k Kind) isPayment() bool { return kindsKnown[k].payment }

// done agrees a participle with the kind: enregistré, enregistrée.
func (k Kind) done(word string) string {
	if kindsKnown[k].feminine {
		return word + "e"
	}
	return word
}
