package assistant

import (
	"strconv"
	"time"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/siren"
	"encaisse/internal/base/vat"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/staff"
	"encaisse/internal/web/ui"
)

// InstallPage makes the first access and the first company.
type InstallPage struct {
	Frame  ui.Frame
	Action string
	Form   ui.Fields
	Err    error
}

// NewCompanyPage opens one more company.
type NewCompanyPage = InstallPage

// Step is a step of the first run.
type Step struct {
	Frame    ui.Frame
	N        int
	Progress Progress
	Base     string
	Form     ui.Fields
	Err      error
}

// TicketPage is the third step: the lines of the ticket Z.
type TicketPage struct {
	Step
	Lines []catalog.SalesCategory
}

// TillsPage is the fourth step.
type TillsPage struct {
	Step
	Week company.Week
}

// TeamPage is the fifth step, with the link just made.
type TeamPage struct {
	Step
	Link           staff.Link
	Address, Email string
}

var stepTitles = [lastStep]string{"Votre société", "Votre métier", "Votre ticket Z", "Vos caisses", "Votre équipe"}

var stepNames = [lastStep]string{"Société", "Métier", "Ticket Z", "Caisses", "Équipe"}

// bar tells where one is; steps already reached can be taken again.
func (s Step) bar() []ui.Step {
	list := make([]ui.Step, lastStep)
	for i := range list {
		n := i + 1
		list[i] = ui.Step{Label: stepNames[i], Done: s.Progress.did(n), Current: n == s.N}
		if n != s.N && n <= s.Progress.Step {
			list[i].URL = s.Base + "/" + strconv.Itoa(n)
		}
	}
	return list
}

func (s Step) action(parts ...string) string {
	address := s.Base + "/" + strconv.Itoa(s.N)
	for _, part := range parts {
		address += "/" + part
	}
	return address
}

func installFields() ui.Fields {
	return ui.Fields{
		{Name: "societe", Label: "Nom de la société ou de la boutique", Help: "Le nom affiché en haut des écrans. Il se change ensuite.", Max: 80, Complete: "organization", Focus: true},
		{Name: "nom", Label: "Votre nom", Max: 80, Complete: "name"},
		{Name: "email", Label: "Votre adresse e-mail", Help: "Elle sert à vous connecter.", Type: "email", Max: 120, Complete: "username"},
		{Name: "mot-de-passe", Label: "Mot de passe", Help: "12\u00a0caractères au moins. Quelques mots sans rapport entre eux se retiennent bien.", Max: 128, Complete: "new-password"},
	}
}

func newCompanyFields(firms []staff.Firm) ui.Fields {
	fields := ui.Fields{{Name: "societe", Label: "Nom de la société ou de la boutique", Max: 80, Complete: "organization", Focus: true}}
	if len(firms) == 0 {
		return fields
	}
	options := []ui.Option{{Value: "", Label: "Aucun"}}
	for _, f := range firms {
		options = append(options, ui.Option{Value: f.ID, Label: f.Name})
	}
	return append(fields, ui.Field{Name: "cabinet", Label: "Cabinet qui suit ce dossier", Value: firms[0].ID, Options: options})
}

func identityFields(s company.Settings) ui.Fields {
	return ui.Fields{
		{Name: "siren", Label: "SIREN", Help: "Neuf chiffres. Vérifié tout de suite, sans passer par internet\u00a0; le numéro de TVA s’en déduit.", Value: siren.Format(s.SIREN), Mode: "numeric", Max: 20, Optional: true, Focus: true},
		{Name: "legal_name", Label: "Raison sociale", Help: "Ou le nom et le prénom de l’exploitant.", Value: s.LegalName, Max: 120, Complete: "organization"},
		{Name: "trade_name", Label: "Enseigne", Value: s.TradeName, Max: 80, Optional: true},
		{Name: "legal_form", Label: "Forme juridique", Value: s.LegalForm, Placeholder: "SARL, SAS, EI…", Max: 40, Optional: true},
		{Name: "street", Label: "Adresse", Value: s.Street, Complete: "street-address", Max: 120, Optional: true},
		{Name: "postcode", Label: "Code postal", Help: "Décide des jours fériés et des taux de TVA.", Value: s.Postcode, Mode: "numeric", Complete: "postal-code", Max: 5, Optional: true},
		{Name: "city", Label: "Ville", Value: s.City, Complete: "address-level2", Max: 80, Optional: true},
		{Name: "vat_regime", Label: "TVA", Value: string(s.VATRegime), Options: []ui.Option{
			{Value: string(company.Monthly), Label: "Déclarée chaque mois"}, {Value: string(company.Quarterly), Label: "Déclarée chaque trimestre"}, {Value: string(company.Franchise), Label: "Franchise, sans TVA"},
		}},
	}
}

func tradeFields(trade string) ui.Fields {
	f := ui.Field{Name: "trade", Label: "Votre métier", HideLabel: true, Value: trade}
	for _, p := range Presets() {
		f.Options = append(f.Options, ui.Option{Value: p.Key, Label: p.Name, Help: p.About})
	}
	return ui.Fields{f}
}

func lineFields(rates []vat.Named) ui.Fields {
	options := make([]ui.Option, 0, len(rates))
	for _, r := range rates {
		label := "Sans TVA"
		if r.Rate != 0 {
			label = locale.Percent(int64(r.Rate))
		}
		options = append(options, ui.Option{Value: strconv.Itoa(int(r.Rate)), Label: label})
	}
	return ui.Fields{
		{Name: "label", Label: "Intitulé", Max: 40},
		{Name: "rate", Label: "TVA", Value: options[0].Value, Options: options},
		{Name: "service", Label: "C’est un service"},
	}
}

// rateWords says the VAT of a line.
func rateWords(r vat.Rate) string {
	if r == 0 {
		return "sans TVA"
	}
	return "TVA\u00a0" + locale.Percent(int64(r))
}

// order is the ticket Z as it is put in order here.
func (p TicketPage) order() ui.Order {
	o := ui.Order{Action: p.action("ordre"), Label: "Lignes du ticket Z"}
	for _, c := range p.Lines {
		o.Items = append(o.Items, ui.OrderItem{ID: c.ID, Label: c.Label, Content: line(p, c)})
	}
	return o
}

func tillFields(t Tills) ui.Fields {
	counts := make([]ui.Option, mostTills)
	for i := range counts {
		counts[i] = ui.Option{Value: strconv.Itoa(i + 1), Label: strconv.Itoa(i + 1)}
	}
	return ui.Fields{
		{Name: "count", Label: "Nombre de caisses", Value: strconv.Itoa(min(t.Count, mostTills)), Options: counts},
		{Name: "float", Label: "Fonds de caisse", Help: "Ce que vous laissez dans le tiroir chaque soir.", Value: locale.Input(t.Float)},
		{Name: "first_day", Label: "Première journée à saisir", Value: string(t.FirstDay)},
		{Name: "min_cash", Label: "Minimum d’espèces", Help: "Vide\u00a0: pas d’alerte.", Value: amountOrNothing(t.MinCash), Optional: true},
		{Name: "max_cash", Label: "Maximum d’espèces", Help: "Au-dessus, une alerte invite à remettre en banque.", Value: amountOrNothing(t.MaxCash), Optional: true},
		{Name: "tolerance", Label: "Écart admis sans motif", Value: locale.Input(t.Tolerance)},
		{Name: "lock_days", Label: "Verrouillage, jours après la clôture", Help: "0\u00a0: jamais.", Value: strconv.Itoa(t.LockDays)},
		{Name: "week", Label: "Jours d’ouverture"},
	}
}

func weekdayField(d time.Weekday) string { return "jour-" + strconv.Itoa(int(d)) }

// weekday is a day of the week, from Monday, ticked when open.
func (p TillsPage) weekday(n int) ui.Field {
	d := time.Weekday((n + 1) % 7)
	f := ui.Field{Name: weekdayField(d), Label: locale.Title(locale.Weekday(d))}
	if p.Week.Opens(d) {
		f.Value = "oui"
	}
	return f
}

func teamFields() ui.Fields {
	f := ui.Field{Name: "role", Label: "Rôle", Value: staff.Accountant, Options: []ui.Option{{Value: staff.Accountant, Label: "Cabinet comptable", Help: "Le cabinet voit, contrôle et exporte les journées."}}}
	for _, role := range staff.BuiltInRoles() {
		if role.ID == staff.Manager || role.ID == staff.Cashier || role.ID == staff.Reader {
			f.Options = append(f.Options, ui.Option{Value: role.ID, Label: role.Name, Help: role.About})
		}
	}
	return ui.Fields{{Name: "email", Label: "Adresse e-mail de la personne", Type: "email", Max: 120}, f}
}

// amountOrNothing writes an amount for a field where zero means none.
func amountOrNothing(a money.Amount) string {
	if a == 0 {
		return ""
	}
	return locale.Input(a)
}
