package firm

import (
	"encoding/json"
	"unicode/utf8"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/books/chart"
	"encaisse/internal/shop/accounting"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
)

// Template is settings a firm gives to several companies: those of a trade, taken from a company where they are right.
type Template struct {
	ID, Name string
	settings templateSettings
}

// templateSettings are what a template holds. Who the company is in law, its shops and its boxes are its own and stay.
type templateSettings struct {
	Thresholds company.Thresholds      `json:"thresholds"`
	Options    company.Options         `json:"options"`
	Chart      []chart.Account         `json:"chart"` // roles mapped otherwise than by default
	Format     string                  `json:"format"`
	Length     int                     `json:"length"`
	Journal    accounting.Journal      `json:"journal"`
	Opening    accounting.Journal      `json:"opening"`
	Categories []catalog.SalesCategory `json:"categories"` // for companies that have none
	Methods    []tender.Method         `json:"methods"`    // likewise
}

// capture takes the settings of the handle's company.
func capture(q db.Querier) (t templateSettings, err error) {
	settings, err := company.Load(q)
	if err != nil {
		return t, err
	}
	t.Thresholds, t.Options = settings.Thresholds, settings.Options
	plan, err := chart.Load(q)
	if err != nil {
		return t, err
	}
	for _, a := range plan.Accounts() {
		if a.Own {
			t.Chart = append(t.Chart, a)
		}
	}
	exports, err := accounting.Load(q)
	if err != nil {
		return t, err
	}
	t.Format, t.Length, t.Journal, t.Opening = exports.Format, exports.AccountLength, exports.Default, exports.Opening
	categories, err := catalog.List(q)
	if err != nil {
		return t, err
	}
	for _, c := range categories {
		if c.Active {
			c.ID = ""
			t.Categories = append(t.Categories, c)
		}
	}
	methods, err := tender.List(q)
	for _, m := range tender.Active(methods) {
		m.ID = ""
		t.Methods = append(t.Methods, m)
	}
	return t, err
}

// apply gives settings to the company of the transaction. Sales categories and payment methods are given only where there are none: those of
// a ticket Z in use are not a firm's to change.
func (t templateSettings) apply(tx *db.Tx, by string) error {
	settings, err := company.Load(tx)
	if err != nil {
		return err
	}
	settings.Thresholds, settings.Options = t.Thresholds, t.Options
	if err := company.Change(tx, by, settings); err != nil {
		return err
	}
	for _, a := range t.Chart {
		if err := chart.Set(tx, a.Role, a.Code, a.Label); err != nil {
			return err
		}
	}
	exports, err := accounting.Load(tx)
	if err != nil {
		return err
	}
	exports.Format, exports.AccountLength, exports.Default, exports.Opening = t.Format, t.Length, t.Journal, t.Opening
	if err := accounting.Save(tx, by, exports); err != nil {
		return err
	}
	return t.fill(tx, by)
}

// fill gives the sales categories and the payment methods to a company without any.
func (t templateSettings) fill(tx *db.Tx, by string) error {
	categories, err := catalog.List(tx)
	if err != nil {
		return err
	}
	methods, err := tender.List(tx)
	if err != nil {
		return err
	}
	if len(categories) == 0 {
		for _, c := range t.Categories {
			if _, err := catalog.Save(tx, by, c); err != nil {
				return err
			}
		}
	}
	if len(methods) == 0 {
		for _, m := range t.Methods {
			if _, err := tender.Save(tx, by, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// saveTemplate keeps settings under a name.
func saveTemplate(tx *db.Tx, firmID, name, by string, t templateSettings) error {
	if n := utf8.RuneCountInString(name); n == 0 || n > 60 {
		return fault.New(fault.Invalid, "Corrigez les champs signalés.").Field("nom", "Donnez au modèle un nom de 1 à 60 caractères, par exemple «\u00a0Boulangerie\u00a0».")
	}
	content, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return insertTemplate(tx, id.New(), firmID, name, string(content), by)
}

// words say what a template holds.
func (t Template) words() string {
	layout, _ := accounting.LayoutOf(t.settings.Format)
	text := "Format " + layout.Label + " · journal " + t.settings.Journal.Code
	if n := len(t.settings.Chart); n > 0 {
		text += " · " + plural(n, "compte propre", "comptes propres")
	}
	return text + " · " + plural(len(t.settings.Categories), "rayon", "rayons") + " et " + plural(len(t.settings.Methods), "moyen de paiement", "moyens de paiement") + " pour les dossiers qui n’en ont pas"
}
