package catalog

import (
	"slices"
	"unicode/utf8"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/seal"
)

const (
	mostLines = 60 // lines of a ticket Z
)

// Colours are the names of the colours a category may have, in the order they are given out.
var Colours = []string{"vert", "safran", "bleu", "rouge", "violet", "brun", "rose", "gris"}

// Save adds a category at the end of the ticket Z, or changes the one whose id is given. A changed rate or account holds for what is
// entered from now on: days already closed keep theirs. It gives the id.
func Save(tx *db.Tx, by string, c SalesCategory) (string, error) {
	all, err := List(tx)
	if err != nil {
		return "", err
	}
	if c.Reporting == "" {
		c.Reporting = reportingOf(c.Kind, c.Rate)
	}
	if err := c.check(all); err != nil {
		return "", err
	}
	if c.ID == "" {
		if len(all) >= mostLines {
			return "", fault.New(fault.Conflict, "Un ticket Z a 60 lignes au plus. Remettez en service une ligne retirée.")
		}
		c.ID = id.New()
		return c.ID, write(tx, by, c, "Ligne du ticket Z ajoutée\u00a0: "+c.Label)
	}
	at := slices.IndexFunc(all, func(other SalesCategory) bool { return other.ID == c.ID })
	if at < 0 {
		return "", fault.New(fault.NotFound, "Cette ligne du ticket Z n’existe pas.")
	}
	if all[at] == c {
		return c.ID, nil
	}
	return c.ID, write(tx, by, c, "Ligne du ticket Z modifiée\u00a0: "+c.Label)
}

// SetActive puts a category in or out of use. Out of use, it is no longer proposed; what was entered stays.
func SetActive(tx *db.Tx, by, id string, active bool) error {
	c, err := Get(tx, id)
	if err != nil || c.Active == active {
		return err
	}
	c.Active = active
	if active {
		return write(tx, by, c, "Ligne du ticket Z remise en service\u00a0: "+c.Label)
	}
	return write(tx, by, c, "Ligne du ticket Z retirée\u00a0: "+c.Label)
}

func write(tx *db.Tx, by string, c SalesCategory, event string) error {
	if err := put(tx, c); err != nil {
		return err
	}
	return seal.LogEvent(tx, seal.Event{Code: seal.ParametersChanged, Label: event, By: by, Source: "category:" + c.ID})
}

// check finds everything wrong with a category among those there are.
func (c SalesCategory) check(all []SalesCategory) error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	if n := utf8.RuneCountInString(c.Label); n == 0 || n > 40 {
		f.Field("label", "Donnez l’intitulé de la ligne, comme sur le ticket\u00a0: 40 caractères au plus.")
	}
	if slices.ContainsFunc(all, func(other SalesCategory) bool { return other.Active && other.ID != c.ID && other.Label == c.Label }) {
		f.Field("label", "Une autre ligne porte déjà cet intitulé.")
	}
	if c.Rate != 0 && !vat.Exists(c.Rate) { // old rates too: old days may be entered late
		f.Field("rate", "Choisissez un taux de TVA de la liste.")
	}
	if c.Kind != Goods && c.Kind != Service {
		f.Field("kind", "Choisissez marchandises ou services.")
	}
	if c.AccountCode != "" && !chart.ValidCode(c.AccountCode) {
		f.Field("account", "Un numéro de compte a 2 à 12 caractères et commence par deux chiffres, par exemple 7071.")
	}
	if !slices.Contains([]Reporting{ReportGoods, ReportServices, ReportUntaxed, ReportMargin}, c.Reporting) {
		f.Field("reporting", "Choisissez une catégorie de la liste.")
	}
	if c.Colour != "" && !slices.Contains(Colours, c.Colour) {
		f.Field("colour", "Choisissez une couleur de la liste.")
	}
	if utf8.RuneCountInString(c.Note) > 200 {
		f.Field("note", "Ce texte est trop long\u00a0: 200 caractères au plus.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}
