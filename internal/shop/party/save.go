package party

import (
	"net/mail"
	"strings"
	"unicode/utf8"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/base/siren"
	"encaisse/internal/books/chart"
)

// Add makes a card and gives its id. The id may be chosen by whoever states the fact, so that a form sent twice makes one card.
func Add(tx *db.Tx, p Party) (string, error) {
	if p.ID == "" {
		p.ID = id.New()
	}
	p.Active = true
	p = p.normalise()
	if err := p.check(); err != nil {
		return "", err
	}
	if before, err := Get(tx, p.ID); !fault.Is(err, fault.NotFound) {
		if err == nil && before.Kind != p.Kind {
			err = fault.New(fault.Mismatch, "Cette fiche existe déjà pour quelqu’un d’autre.")
		}
		return p.ID, err
	}
	return p.ID, put(tx, p)
}

// Change replaces what a card says; its kind stays what it was.
func Change(tx *db.Tx, p Party) error {
	before, err := Get(tx, p.ID)
	if err != nil {
		return err
	}
	if before.Kind != p.Kind {
		return fault.New(fault.NotFound, "Cette fiche n’existe pas.")
	}
	if before.Erased() {
		return fault.New(fault.Conflict, "Les données de cette fiche ont été effacées. Créez une nouvelle fiche.")
	}
	p = p.normalise()
	if err := p.check(); err != nil {
		return err
	}
	return put(tx, p)
}

// normalise gives a card the form it is kept in.
func (p Party) normalise() Party {
	p.SIRET, p.VATNumber, p.AccountCode = siren.Clean(p.SIRET), siren.Clean(p.VATNumber), strings.ToUpper(p.AccountCode)
	if !p.Limited {
		p.CreditLimit = 0
	}
	return p
}

// check finds everything wrong with a card.
func (p Party) check() error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	if n := utf8.RuneCountInString(p.Name); n == 0 || n > 80 {
		f.Field("name", "Donnez le nom\u00a0: 80 caractères au plus.")
	}
	if p.Kind != Customer && p.Kind != Supplier {
		f.Field("kind", "Choisissez client ou fournisseur.")
	}
	if p.Nature != Person && p.Nature != Company && p.Nature != Public {
		f.Field("nature", "Choisissez particulier, entreprise ou organisme public.")
	}
	if p.Email != "" && !validEmail(p.Email) {
		f.Field("email", "Cette adresse e-mail est incomplète. Exemple\u00a0: nom@exemple.fr.")
	}
	if p.SIRET != "" && !siren.Valid(p.SIRET) && !siren.ValidSIRET(p.SIRET) {
		f.Field("siret", "Ce numéro est inexact\u00a0: 9 chiffres pour un SIREN, 14 pour un SIRET.")
	}
	if p.VATNumber != "" && !siren.ValidVATNumber(p.VATNumber) {
		f.Field("vat_number", "Ce numéro de TVA est inexact. En France\u00a0: FR, deux chiffres, puis le SIREN.")
	}
	if p.AccountCode != "" && !chart.ValidCode(p.AccountCode) {
		f.Field("account", "Un compte auxiliaire a 2 à 12 caractères et commence par deux chiffres, par exemple 411MARTIN.")
	}
	if p.CreditLimit < 0 || p.CreditLimit > money.Max {
		f.Field("credit_limit", "Le plafond est un montant positif.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

// Check finds everything wrong with a card, as Add would.
func Check(p Party) error { return p.normalise().check() }

func validEmail(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text && strings.Contains(text[strings.LastIndex(text, "@"):], ".")
}
