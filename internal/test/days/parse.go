package days

import (
	"slices"
	"sort"

	"encaisse/internal/base/vat"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
)

// verb is a word a line may begin with, and how the rest of such a line is parsed.
type verb struct {
	phrase string
	parse  func(s *story, l *line) error
}

// header are the words that tell the shop, before the first day.
var header = []verb{
	{"boutique", parseShop}, {"caisse", parseNewBox}, {"coffre", parseSafe}, {"compte", parseAccount}, {"rayon", parseCategory}, {"mode", parseMethod}, {"client", parseCustomer}, {"fournisseur", parseSupplier},
	{"tolérance", parseTolerance}, {"crédit client", parseCredit}, {"changement de journée", parseCutoff}, {"verrouillage automatique", parseLockDays}, {"suivi depuis", parseFirst},
}

// parse reads a whole file.
func parse(file, text string) (*story, error) {
	lines, err := split(file, text)
	if err != nil {
		return nil, err
	}
	s := &story{settings: company.Defaults(), boxes: []string{"Caisse 1"}}
	s.settings.LockDays = 0
	for _, l := range lines {
		if err := s.line(l); err != nil {
			return nil, err
		}
	}
	if !s.begun() {
		return nil, (&line{file: file, n: 1}).fail("aucune journée : il faut une ligne « jour 2026-11-20 »")
	}
	return s, nil
}

func (st *story) line(l *line) error {
	verbs := header
	if st.begun() {
		if err := st.hour(l); err != nil {
			return err
		}
		verbs = slices.Concat(acts, counterActs, bankActs, fileActs)
	}
	if l.word("jour") {
		return parseDay(st, l)
	}
	if l.word("attendu") {
		return parseExpectations(st, l)
	}
	verbs = slices.Clone(verbs)
	sort.SliceStable(verbs, func(i, j int) bool { return len(verbs[i].phrase) > len(verbs[j].phrase) })
	for _, v := range verbs {
		if l.word(v.phrase) {
			if err := v.parse(st, l); err != nil {
				return err
			}
			return l.end()
		}
	}
	if !st.begun() {
		return l.fail("« %s » : mot inconnu avant la première ligne « jour »", l.rest)
	}
	return l.fail("« %s » : mot inconnu", l.rest)
}

// hour turns the clock to the hour a line begins with. Hours before the cut-off are those of the night that follows.
func (st *story) hour(l *line) error {
	minutes, given := l.hour()
	if !given {
		return nil
	}
	if minutes -= st.settings.Cutoff * 60; minutes < 0 {
		minutes += 24 * 60
	}
	if minutes < st.minutes {
		return l.fail("l’heure recule")
	}
	st.minutes = minutes
	on := st.jour
	st.add(l, func(s *shop) error { s.turn(on, minutes); return nil })
	return nil
}

func parseDay(s *story, l *line) error {
	on, err := l.date()
	if err != nil {
		return err
	}
	if s.begun() && on < s.jour {
		return l.fail("les jours se suivent : %s vient après %s (« feuille %s » saisit en retard)", on, s.jour, on)
	}
	if s.first == "" {
		s.first = on.Add(-30)
	}
	s.jour, s.minutes = on, 0
	s.add(l, func(s *shop) error { return s.begin(on) })
	return l.end()
}

func parseShop(s *story, l *line) error {
	switch {
	case l.word("épicerie"):
		s.épicerie()
	case l.word("bar"):
		s.bar()
	default:
		return l.fail("boutique inconnue : épicerie ou bar, ou des lignes « rayon » et « mode »")
	}
	return nil
}

func parseNewBox(s *story, l *line) error {
	name, err := l.quoted()
	s.boxes = append(s.boxes, name)
	return err
}

func parseCategory(s *story, l *line) error {
	label, err := l.quoted()
	if err != nil {
		return err
	}
	rate, err := l.rate()
	if err == nil && rate != 0 && !vat.Exists(rate) {
		err = l.fail("ce taux de TVA n’a jamais existé")
	}
	kind := catalog.Goods
	if l.word("services") {
		kind = catalog.Service
	}
	s.categories = append(s.categories, catalog.SalesCategory{Label: label, Rate: rate, Kind: kind})
	return err
}

var kinds = map[string]tender.Kind{"espèces": tender.Cash, "carte": tender.Card, "chèque": tender.Cheque, "titre-restaurant": tender.Meal, "virement": tender.Transfer,
	"bon": tender.Voucher, "crédit": tender.OnAccount, "autre": tender.Other}

func parseMethod(s *story, l *line) error {
	label, err := l.quoted()
	if err != nil {
		return err
	}
	kind, known := kinds[l.token()]
	if !known {
		return l.fail("sorte de règlement inconnue : espèces, carte, chèque, titre-restaurant, virement, bon, crédit ou autre")
	}
	s.methods = append(s.methods, tender.Method{Label: label, Kind: kind})
	return nil
}

func parseCustomer(s *story, l *line) error {
	name, err := l.quoted()
	s.customers = append(s.customers, name)
	return err
}

func parseSupplier(s *story, l *line) error {
	name, err := l.quoted()
	s.suppliers = append(s.suppliers, name)
	return err
}

func parseTolerance(s *story, l *line) (err error) {
	s.settings.Tolerance, err = l.amount()
	return err
}

func parseCredit(s *story, l *line) error {
	switch {
	case l.word("par client"):
		s.settings.Credit = company.CreditByCustomer
	case l.word("en un montant"):
		s.settings.Credit = company.CreditTotal
	case l.word("non suivi"):
		s.settings.Credit = company.CreditOff
	default:
		return l.fail("crédit client : par client, en un montant ou non suivi")
	}
	return nil
}

func parseCutoff(s *story, l *line) (err error) {
	s.settings.Cutoff, err = l.number()
	if err == nil && !l.word("h") {
		err = l.fail("l’heure s’écrit « 5 h »")
	}
	return err
}

func parseLockDays(s *story, l *line) (err error) {
	s.settings.LockDays, err = l.number()
	if err == nil && !l.word("jours") {
		err = l.fail("le délai s’écrit « 7 jours »")
	}
	return err
}

func parseFirst(s *story, l *line) (err error) {
	s.first, err = l.date()
	return err
}
