package days

import (
	"strconv"
	"strings"

	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
)

// acts are the words of what happens in a day.
var acts = []verb{
	{"feuille", parseSheet}, {"caisse", parseBox}, {"solde d’ouverture", parseOpening},
	{"apport", parseMovement(cashbox.PaidIn)}, {"prélèvement", parseMovement(cashbox.PaidOut)}, {"dépense", parseMovement(cashbox.Expense)}, {"recette", parseMovement(cashbox.Income)},
	{"remise", parseMovement(cashbox.Deposit)}, {"transfert", parseMovement(cashbox.Transfer)}, {"annule", parseReversal}, {"restaure", parseRestore}, {"frais", parseFees},
	{"Z", parseText(daysheet.FieldZ)}, {"vente", parseSale}, {"règlement", parseTaken}, {"compté", parseCounted}, {"billets", parsePieces}, {"rouleaux", parseAmount(daysheet.FieldLoose)},
	{"bons vendus", parseAmount(daysheet.FieldVouchers)}, {"crédits réglés", parseAmount(daysheet.FieldRepaid)}, {"trop-perçu", parseAmount(daysheet.FieldOverpayment)},
	{"crédit accordé", parseCustomerAmount(daysheet.FieldGrantedTo)}, {"crédit réglé", parseCustomerAmount(daysheet.FieldRepaidBy)},
	{"nombre de ventes", parseText(daysheet.FieldSalesCount)}, {"nombre de clients", parseText(daysheet.FieldCustomers)},
	{"à remettre", parseAmount(daysheet.FieldRemitted)}, {"motif de ventilation", parseText(daysheet.FieldBreakdown)}, {"motif", parseReason}, {"commentaire", parseText(daysheet.FieldNote)},
	{"clôture", parseClose}, {"correction", parseCorrection}, {"fermé", parseClosed}, {"verrouille", parseLock}, {"verrouillage automatique", parseAutoLock},
}

// parseSheet chooses another sheet than that of the day: a day entered late, or corrected.
func parseSheet(s *story, l *line) error {
	on, err := l.date()
	s.add(l, func(s *shop) error { s.sheet = on; return nil })
	return err
}

func parseBox(s *story, l *line) error {
	name, err := l.one("caisse", s.boxes)
	s.add(l, func(s *shop) error { s.box = name; return nil })
	return err
}

// parseOpening reads what there was before the first day: in a drawer, owed by customers, owed to holders of vouchers.
func parseOpening(s *story, l *line) error {
	account := func(s *shop) string { return cashbox.VouchersAccount }
	switch {
	case l.word("bons cadeaux"):
	case l.word("crédit client"):
		account = func(s *shop) string { return cashbox.CustomersAccount }
	default:
		label, err := l.one("mode de règlement", s.methodNames())
		if err != nil {
			return err
		}
		account = func(s *shop) string { return cashbox.AccountKey(s.boxID(), s.methods[label]) }
	}
	amount, err := l.amount()
	s.add(l, func(s *shop) error { return s.setOpening(account(s), amount) })
	return err
}

var natures = map[string]string{"frais-postaux": "expense.post", "fournitures": "expense.supplies", "fournitures-de-bureau": "expense.office", "marchandises": "expense.goods",
	"déplacements": "expense.travel", "réceptions": "expense.reception", "entretien": "expense.repairs", "facture-fournisseur": cashbox.SupplierBill, "autre": "expense.other"}

func parseMovement(kind cashbox.Kind) func(s *story, l *line) error {
	return func(s *story, l *line) error {
		m := cashbox.Movement{Kind: kind}
		var method, toMethod, toBox, supplier string
		var err error
		if m.Amount, err = l.amount(); err != nil {
			return err
		}
		if method, err = l.one("mode de règlement", s.methodNames()); err != nil {
			return err
		}
		if kind == cashbox.Transfer {
			if toMethod, toBox, err = parseToward(s, l); err != nil {
				return err
			}
		}
		if m.Memo, err = l.maybeQuoted(); err != nil {
			return err
		}
		if kind == cashbox.Expense {
			if supplier, err = parseExpense(s, l, &m); err != nil {
				return err
			}
		}
		if kind == cashbox.Income {
			m.Role = "income.other"
		}
		if l.word("le") {
			if m.On, err = l.date(); err != nil {
				return err
			}
		}
		s.add(l, func(s *shop) error { return s.record(m, method, toBox, toMethod, supplier) })
		return nil
	}
}

func parseToward(s *story, l *line) (method, box string, err error) {
	if !l.word("vers") {
		return "", "", l.fail("un transfert dit où va l’argent : « vers Carte bancaire », ou « vers Espèces de Caisse 2 »")
	}
	if method, err = l.one("mode de règlement", s.methodNames()); err != nil {
		return "", "", err
	}
	if l.word("de") {
		box, err = l.one("caisse", s.boxes)
	}
	return method, box, err
}

func parseExpense(s *story, l *line, m *cashbox.Movement) (supplier string, err error) {
	token := l.token()
	role, known := natures[token]
	if !known {
		return "", l.fail("nature de dépense inconnue : « %s »", token)
	}
	m.Role = role
	if l.word("TVA") {
		if m.Rate, err = l.rate(); err != nil {
			return "", err
		}
	}
	if l.word("chez") {
		supplier, err = l.one("fournisseur", s.suppliers)
	}
	return supplier, err
}

func parseReversal(s *story, l *line) error {
	memo, err := l.quoted()
	if err != nil {
		return err
	}
	reason, err := l.quoted()
	s.add(l, func(s *shop) error { return s.reverse(memo, reason) })
	return err
}

// parseText fills a field with the rest of the line, or what stands between « and ».
func parseText(field string) func(s *story, l *line) error {
	return func(s *story, l *line) error {
		text, err := l.maybeQuoted()
		if text == "" {
			text, l.rest = strings.TrimSpace(l.rest), ""
		}
		s.add(l, func(s *shop) error { return s.fill(field, text) })
		return err
	}
}

func parseAmount(field string) func(s *story, l *line) error {
	return func(s *story, l *line) error {
		text, err := l.typed()
		s.add(l, func(s *shop) error { return s.fill(field, text) })
		return err
	}
}

func parseSale(s *story, l *line) error {
	label, err := l.one("rayon", s.categoryNames())
	if err != nil {
		return err
	}
	text, err := l.typed()
	s.add(l, func(s *shop) error { return s.fill(daysheet.FieldSale+s.categories[label], text) })
	return err
}

func parseTaken(s *story, l *line) error { return parseOfMethod(s, l, daysheet.FieldTaken) }

func parseCounted(s *story, l *line) error { return parseOfMethod(s, l, daysheet.FieldCounted) }

func parseOfMethod(s *story, l *line, field string) error {
	label, err := l.one("mode de règlement", s.methodNames())
	if err != nil {
		return err
	}
	text, err := l.typed()
	s.add(l, func(s *shop) error { return s.fill(field+s.methods[label], text) })
	return err
}

// parsePieces reads a count of notes and coins: 2×50 4×20 11×0,50.
func parsePieces(s *story, l *line) error {
	for !l.done() {
		token := l.token()
		many, value, found := strings.Cut(token, "×")
		worth := &line{file: l.file, n: l.n, rest: value}
		amount, err := worth.amount()
		if err == nil {
			err = worth.end()
		}
		if !found || err != nil {
			return l.fail("le comptage s’écrit « 2×50 4×20 11×0,50 » : « %s » ne se lit pas", token)
		}
		field := daysheet.FieldPieces + strconv.Itoa(int(amount))
		s.add(l, func(s *shop) error { return s.fill(field, many) })
	}
	return nil
}

func parseCustomerAmount(field string) func(s *story, l *line) error {
	return func(s *story, l *line) error {
		name, err := l.one("client", s.customers)
		if err != nil {
			return err
		}
		text, err := l.typed()
		s.add(l, func(s *shop) error { return s.fill(field+s.parties[name], text) })
		return err
	}
}

var reasons = map[string]string{"erreur-de-rendu": "change", "erreur-de-saisie": "entry", "dépense-oubliée": "expense", "autre": "other"}

func parseReason(s *story, l *line) error {
	label, err := l.one("mode de règlement", s.methodNames())
	if err != nil {
		return err
	}
	token := l.token()
	code, known := reasons[token]
	if !known {
		return l.fail("motif inconnu : « %s » (erreur-de-rendu, erreur-de-saisie, dépense-oubliée, autre)", token)
	}
	note, err := l.maybeQuoted()
	s.add(l, func(s *shop) error {
		if err := s.fill(daysheet.FieldReason+s.methods[label], code); err != nil {
			return err
		}
		return s.fill(daysheet.FieldReasonNote+s.methods[label], note)
	})
	return err
}

func parseClose(s *story, l *line) error {
	force := l.word("par un responsable")
	s.add(l, func(s *shop) error { return s.close(force) })
	return nil
}

func parseCorrection(s *story, l *line) error {
	force := l.word("par un responsable")
	reason, err := l.maybeQuoted()
	s.add(l, func(s *shop) error { return s.correct(force, reason) })
	return err
}

func parseClosed(s *story, l *line) error {
	s.add(l, func(s *shop) error { return s.shut() })
	return nil
}

func parseLock(s *story, l *line) error {
	s.add(l, func(s *shop) error { return s.lock() })
	return nil
}

func parseAutoLock(s *story, l *line) error {
	s.add(l, func(s *shop) error { return s.autoLock() })
	return nil
}
