package company

import (
	"strconv"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/base/siren"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// IndexPage lists what can be set.
type IndexPage struct {
	Frame ui.Frame
	Cards []Card
}

// Card leads to a page of settings.
type Card struct{ Icon, Title, Text, URL string }

// IdentityPage is the company, its logo and its locations.
type IdentityPage struct {
	Frame     ui.Frame
	Base      string
	Settings  Settings
	HasLogo   bool
	Locations []Location
	Form      ui.Fields
	Err       error
}

// LocationPage is a shop.
type LocationPage struct {
	Frame  ui.Frame
	Action string
	New    bool
	Form   ui.Fields
	Err    error
}

// OptionsPage is the thresholds and the optional parts.
type OptionsPage struct {
	Frame  ui.Frame
	Action string
	Form   ui.Fields
	Err    error
}

func settingsFrame(c *web.Ctx, title string) ui.Frame {
	frame := c.Frame(title)
	frame.Back = ui.Link{Label: "Retour aux réglages", URL: c.URL("reglages")}
	return frame
}

// cards are the settings the visitor may change.
func cards(c *web.Ctx) []Card {
	var list []Card
	for _, x := range []struct {
		needs                   right.Right
		page, icon, title, text string
	}{
		{right.SettingsEdit, "societe", "boutique", "Société et boutiques", "Identité, adresse, logo, TVA, exercice, établissements"},
		{right.SettingsEdit, "ticket-z", "facture", "Ordre du ticket Z", "Les lignes de vos ventes, leur TVA et leur compte"},
		{right.SettingsEdit, "moyens", "carte", "Moyens de paiement", "Espèces, carte, chèques, titres-restaurant… et leur ordre"},
		{right.SettingsEdit, "caisses", "caisse", "Caisses", "Les caisses de chaque boutique"},
		{right.CalendarEdit, "calendrier", "journees", "Calendrier d’ouverture", "Jours d’ouverture, jours fériés, congés"},
		{right.SettingsEdit, "seuils", "alerte", "Seuils et options", "Alertes, tolérance, verrouillage, parties facultatives"},
		{right.SettingsEdit, "soldes", "coffre", "Soldes de départ", "Ce qu’il y avait en caisse avant la première journée"},
		{right.SettingsEdit, "comptes", "rapports", "Plan comptable", "Les numéros de compte de votre comptable"},
		{right.SettingsEdit, "exports", "export", "Exports comptables", "Le logiciel de votre comptable, les journaux"},
		{right.StaffManage, "equipe", "personne", "Équipe", "Les personnes, leurs rôles et leurs droits"},
		{right.DataImport, "imports", "entree", "Imports", "Journées, clients et fournisseurs venus d’un fichier"},
		{right.LinkManage, "liaisons", "lien", "Liaisons", "Les autres logiciels qui envoient leurs journées"},
		{right.SettingsEdit, "sauvegardes", "bouclier", "Sauvegardes", "Les copies automatiques, leur contrôle, et une copie maintenant"},
		{right.ActivityView, "activite", "historique", "Journal d’activité", "Qui a fait quoi, quand, depuis où"},
		{right.SettingsEdit, "envois", "mail", "Envois", "Les messages qui attendent ou qui n’ont pas pu partir"},
	} {
		if c.Can(x.needs) {
			list = append(list, Card{Icon: x.icon, Title: x.title, Text: x.text, URL: c.URL("reglages", x.page)})
		}
	}
	list = append(list, Card{Icon: "telephone", Title: "Vos appareils", Text: "Ouvrir Encaisse sur un téléphone ou une tablette de la boutique", URL: "/appareils"})
	if c.Can(right.SettingsEdit) {
		list = append(list, Card{Icon: "etoile", Title: "Mise en route", Text: "Les cinq étapes du premier jour, à reprendre quand vous voulez", URL: c.URL("mise-en-route")})
	}
	return list
}

func identityFields(s Settings) ui.Fields {
	return ui.Fields{
		{Name: "legal_name", Label: "Raison sociale", Help: "Ou le nom et le prénom de l’exploitant, pour une entreprise individuelle.", Value: s.LegalName, Max: 120, Complete: "organization"},
		{Name: "trade_name", Label: "Enseigne", Help: "Le nom affiché dans Encaisse et en tête des documents.", Value: s.TradeName, Max: 80, Optional: true},
		{Name: "legal_form", Label: "Forme juridique", Value: s.LegalForm, Placeholder: "SARL, SAS, EI…", Max: 40, Optional: true},
		{Name: "capital", Label: "Capital social", Value: s.Capital, Placeholder: "10\u00a0000\u00a0€", Max: 40, Optional: true},
		{Name: "siren", Label: "SIREN", Help: "Neuf chiffres.", Value: siren.Format(s.SIREN), Mode: "numeric", Max: 20, Optional: true},
		{Name: "vat_number", Label: "Numéro de TVA", Help: "Calculé d’après le SIREN si vous le laissez vide.", Value: s.VATNumber, Max: 20, Optional: true},
		{Name: "rcs", Label: "RCS ou répertoire des métiers", Value: s.RCS, Placeholder: "RCS Lyon", Max: 60, Optional: true},
		{Name: "naf", Label: "Code NAF (APE)", Value: s.NAF, Placeholder: "47.11B", Max: 10, Optional: true},
		{Name: "street", Label: "Adresse", Value: s.Street, Complete: "street-address", Max: 120, Optional: true},
		{Name: "postcode", Label: "Code postal", Value: s.Postcode, Mode: "numeric", Complete: "postal-code", Max: 5, Optional: true},
		{Name: "city", Label: "Ville", Value: s.City, Complete: "address-level2", Max: 80, Optional: true},
		{Name: "phone", Label: "Téléphone", Type: "tel", Value: s.Phone, Complete: "tel", Max: 30, Optional: true},
		{Name: "email", Label: "E-mail", Type: "email", Value: s.Email, Complete: "email", Max: 120, Optional: true},
		{Name: "time_zone", Label: "Fuseau horaire", Value: s.TimeZone, Options: zoneOptions()},
		{Name: "cutoff", Label: "Changement de journée", Help: "Jusqu’à cette heure, une vente compte pour la veille.", Value: strconv.Itoa(s.Cutoff), Options: hourOptions()},
		{Name: "vat_regime", Label: "Régime de TVA", Value: string(s.VATRegime), Options: []ui.Option{
			{Value: string(Monthly), Label: "Réel normal, mensuel"}, {Value: string(Quarterly), Label: "Réel normal, trimestriel"},
			{Value: string(Franchise), Label: "Franchise en base, sans TVA"},
		}},
		{Name: "year_start", Label: "Premier mois de l’exercice", Value: strconv.Itoa(s.YearStart), Options: monthOptions()},
	}
}

func locationFields(l Location) ui.Fields {
	options := make([]ui.Option, 0, len(Zones()))
	for _, z := range Zones() {
		options = append(options, ui.Option{Value: string(z.Zone), Label: z.Label})
	}
	return ui.Fields{
		{Name: "name", Label: "Nom de la boutique", Value: l.Name, Max: 80, Focus: l.ID == ""},
		{Name: "siret", Label: "SIRET", Help: "Quatorze chiffres\u00a0: le SIREN, puis le numéro de l’établissement.", Value: siren.Format(l.SIRET), Mode: "numeric", Max: 20, Optional: true},
		{Name: "street", Label: "Adresse", Value: l.Street, Complete: "street-address", Max: 120, Optional: true},
		{Name: "postcode", Label: "Code postal", Value: l.Postcode, Mode: "numeric", Complete: "postal-code", Max: 5, Optional: true},
		{Name: "city", Label: "Ville", Value: l.City, Complete: "address-level2", Max: 80, Optional: true},
		{Name: "zone", Label: "Zone", Help: "Décide des jours fériés et des taux de TVA proposés.", Value: string(l.Zone), Options: options},
		{Name: "active", Label: "Boutique en service", Value: tick(l.Active)},
	}
}

func optionFields(s Settings) ui.Fields {
	return ui.Fields{
		{Name: "min_cash", Label: "Minimum d’espèces en caisse", Help: "En dessous, une alerte. Vide\u00a0: pas de minimum.", Value: amountOrNothing(s.MinCash), Optional: true},
		{Name: "max_cash", Label: "Maximum d’espèces en caisse", Help: "Au-dessus, une alerte invite à remettre en banque.", Value: amountOrNothing(s.MaxCash), Optional: true},
		{Name: "tolerance", Label: "Écart admis sans motif", Help: "Au-delà, en plus ou en moins, il faut donner une raison.", Value: locale.Input(s.Tolerance)},
		{Name: "lock_days", Label: "Verrouillage automatique", Help: "Nombre de jours après la clôture. 0\u00a0: jamais.", Value: strconv.Itoa(s.LockDays)},
		{Name: "expenses", Label: "Dépenses payées par la caisse", Value: tick(s.Expenses)},
		{Name: "transfers", Label: "Transferts entre moyens de paiement", Value: tick(s.Transfers)},
		{Name: "vouchers", Label: "Bons cadeaux", Value: tick(s.Vouchers)},
		{Name: "overpayments", Label: "Trop-perçus", Value: tick(s.Overpayments)},
		{Name: "customers", Label: "Nombre de clients servis", Value: tick(s.Customers)},
		{Name: "credit", Label: "Crédit client", Value: string(s.Credit), Options: []ui.Option{
			{Value: string(CreditOff), Label: "Non", Help: "Tout se paie le jour même."},
			{Value: string(CreditTotal), Label: "En un seul montant", Help: "Ce qui est dû, tous clients ensemble."},
			{Value: string(CreditByCustomer), Label: "Client par client", Help: "Un compte par client, avec son relevé."},
		}},
	}
}

func zoneOptions() []ui.Option {
	return []ui.Option{
		{Value: "Europe/Paris", Label: "Paris"}, {Value: "America/Guadeloupe", Label: "Guadeloupe"}, {Value: "America/Martinique", Label: "Martinique"},
		{Value: "America/Cayenne", Label: "Cayenne"}, {Value: "Indian/Reunion", Label: "La Réunion"}, {Value: "Indian/Mayotte", Label: "Mayotte"},
		{Value: "America/Miquelon", Label: "Saint-Pierre-et-Miquelon"}, {Value: "Pacific/Noumea", Label: "Nouméa"}, {Value: "Pacific/Tahiti", Label: "Tahiti"},
	}
}

func hourOptions() []ui.Option {
	list := []ui.Option{{Value: "0", Label: "Minuit"}}
	for h := 1; h <= 12; h++ {
		list = append(list, ui.Option{Value: strconv.Itoa(h), Label: strconv.Itoa(h) + "\u00a0h"})
	}
	return list
}

func monthOptions() []ui.Option {
	list := make([]ui.Option, 12)
	for i := range list {
		list[i] = ui.Option{Value: strconv.Itoa(i + 1), Label: monthName(2026, i+1)}
	}
	return list
}

// monthName is Janvier, without its year.
func monthName(year, month int) string {
	name, _, _ := strings.Cut(locale.MonthName(day.Of(year, 1, 1).Month().Add(month-1)), " ")
	return locale.Title(name)
}

func tick(yes bool) string {
	if yes {
		return "oui"
	}
	return ""
}

// amountOrNothing writes an amount for a field where zero means none.
func amountOrNothing(a money.Amount) string {
	if a == 0 {
		return ""
	}
	return locale.Input(a)
}

// locationLine says where a location is and who it is.
func locationLine(l Location) string {
	parts := []string{}
	if line := l.Line(); line != "" {
		parts = append(parts, line)
	}
	if l.SIRET != "" {
		parts = append(parts, "SIRET\u00a0"+siren.Format(l.SIRET))
	}
	if len(parts) == 0 {
		return "Adresse à compléter"
	}
	return strings.Join(parts, " · ")
}

func locationState(l Location) ui.Tone {
	if l.Active {
		return ui.OK
	}
	return ui.Neutral
}
