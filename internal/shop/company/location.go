package company

import "encaisse/internal/base/vat"

// Location is a shop of the company (établissement).
type Location struct {
	ID    string
	Name  string
	SIRET string // fourteen digits, or empty
	Address
	Zone   Zone
	Active bool
}

// Zone is the part of France a location is in: it decides the public holidays and the VAT rates.
type Zone string

// The zones.
const (
	Mainland        Zone = "metropole"
	AlsaceMoselle   Zone = "alsace-moselle"
	Corsica         Zone = "corse"
	Guadeloupe      Zone = "guadeloupe"
	Martinique      Zone = "martinique"
	Guyane          Zone = "guyane"
	Reunion         Zone = "reunion"
	Mayotte         Zone = "mayotte"
	SaintMartin     Zone = "saint-martin"
	SaintBarthelemy Zone = "saint-barthelemy"
)

// ZoneLabel is a zone with its French name.
type ZoneLabel struct {
	Zone  Zone
	Label string
}

// Zones lists the zones in the order a page shows them.
func Zones() []ZoneLabel {
	return []ZoneLabel{
		{Mainland, "France métropolitaine"}, {AlsaceMoselle, "Alsace-Moselle (Bas-Rhin, Haut-Rhin, Moselle)"}, {Corsica, "Corse"},
		{Guadeloupe, "Guadeloupe"}, {Martinique, "Martinique"}, {Guyane, "Guyane"}, {Reunion, "La Réunion"}, {Mayotte, "Mayotte"},
		{SaintMartin, "Saint-Martin"}, {SaintBarthelemy, "Saint-Barthélemy"},
	}
}

// VAT is the zone of VAT rates.
func (z Zone) VAT() vat.Zone {
	switch z {
	case Corsica:
		return vat.Corsica
	case Guadeloupe, Martinique, Reunion:
		return vat.Antilles
	case Guyane, Mayotte, SaintMartin, SaintBarthelemy:
		return vat.None
	}
	return vat.Mainland
}

// TimeZone is the usual time zone of a zone.
func (z Zone) TimeZone() string {
	switch z {
	case Guadeloupe, SaintMartin, SaintBarthelemy:
		return "America/Guadeloupe"
	case Martinique:
		return "America/Martinique"
	case Guyane:
		return "America/Cayenne"
	case Reunion:
		return "Indian/Reunion"
	case Mayotte:
		return "Indian/Mayotte"
	}
	return "Europe/Paris"
}

// ZoneOf guesses the zone from a postcode; Mainland when nothing tells otherwise.
func ZoneOf(postcode string) Zone {
	if len(postcode) != 5 {
		return Mainland
	}
	switch postcode {
	case "97133", "97123":
		return SaintBarthelemy
	case "97150":
		return SaintMartin
	}
	switch postcode[:3] {
	case "971":
		return Guadeloupe
	case "972":
		return Martinique
	case "973":
		return Guyane
	case "974":
		return Reunion
	case "976":
		return Mayotte
	}
	switch postcode[:2] {
	case "57", "67", "68":
		return AlsaceMoselle
	case "20":
		return Corsica
	}
	return Mainland
}

func (z Zone) known() bool {
	for _, l := range Zones() {
		if l.Zone == z {
			return true
		}
	}
	return false
}
