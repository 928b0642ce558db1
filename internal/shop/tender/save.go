package tender

import (
	"slices"
	"unicode/utf8"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/seal"
)

const (
	mostMethods              = 30
	floatLimit  money.Amount = 10_000_000
)

// Save adds a method at the end, or changes the one whose id is given; its kind stays what it was. It gives the id.
func Save(tx *db.Tx, by string, m Method) (string, error) {
	all, err := List(tx)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(all, func(other Method) bool { return other.ID == m.ID })
	if m.ID != "" && at < 0 {
		return "", fault.New(fault.NotFound, "Ce moyen de paiement n’existe pas.")
	}
	if at >= 0 {
		m.Kind = all[at].Kind
	}
	if m.Kind == Cash || !m.Held() {
		m.Prefilled = false
	}
	if m.Kind != Cash {
		m.Float = 0
	}
	if err := m.check(all); err != nil {
		return "", err
	}
	if m.ID == "" {
		if len(all) >= mostMethods {
			return "", fault.New(fault.Conflict, "Il y a 30 moyens de paiement au plus. Remettez en service un moyen retiré.")
		}
		m.ID = id.New()
		return m.ID, write(tx, by, m, "Moyen de paiement ajouté\u00a0: "+m.Label)
	}
	if all[at] == m {
		return m.ID, nil
	}
	return m.ID, write(tx, by, m, "Moyen de paiement modifié\u00a0: "+m.Label)
}

// SetActive puts a method in or out of use. Out of use, it is no longer proposed; what was entered stays.
func SetActive(tx *db.Tx, by, id string, active bool) error {
	m, err := Get(tx, id)
	if err != nil || m.Active == active {
		return err
	}
	m.Active = active
	if active {
		return write(tx, by, m, "Moyen de paiement remis en service\u00a0: "+m.Label)
	}
	return write(tx, by, m, "Moyen de paiement retiré\u00a0: "+m.Label)
}

func write(tx *db.Tx, by string, m Method, event string) error {
	if err := put(tx, m); err != nil {
		return err
	}
	return seal.LogEvent(tx, seal.Event{Code: seal.ParametersChanged, Label: event, By: by, Source: "method:" + m.ID})
}

// check finds everything wrong with a method among those there are.
func (m Method) check(all []Method) error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	if n := utf8.RuneCountInString(m.Label); n == 0 || n > 40 {
		f.Field("label", "Donnez l’intitulé du moyen de paiement\u00a0: 40 caractères au plus.")
	}
	if slices.ContainsFunc(all, func(other Method) bool { return other.Active && other.ID != m.ID && other.Label == m.Label }) {
		f.Field("label", "Un autre moyen de paiement porte déjà cet intitulé.")
	}
	if !slices.ContainsFunc(Kinds(), func(l KindLabel) bool { return l.Kind == m.Kind }) {
		f.Field("kind", "Choisissez une sorte de la liste.")
	}
	if m.AccountCode != "" && !chart.ValidCode(m.AccountCode) {
		f.Field("account", "Un numéro de compte a 2 à 12 caractères et commence par deux chiffres, par exemple 5115.")
	}
	if m.Float < 0 || m.Float > floatLimit {
		f.Field("float", "Le fonds de caisse va de 0 à 100\u00a0000\u00a0€.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}
