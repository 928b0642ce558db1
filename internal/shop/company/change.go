package company

import (
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/seal"
)

// Change replaces the settings. What bears on figures or on what is printed leaves an event that names what changed.
func Change(tx *db.Tx, by string, next Settings) error {
	next = next.normalise()
	if err := next.check(); err != nil {
		return err
	}
	before, err := Load(tx)
	if err != nil {
		return err
	}
	if before == next {
		return nil
	}
	if err := checkLocations(tx, next.SIREN); err != nil {
		return err
	}
	if err := putSettings(tx, next); err != nil {
		return err
	}
	if before.DisplayName() != next.DisplayName() {
		if err := renameCompany(tx, next.DisplayName()); err != nil {
			return err
		}
	}
	changed := differences(before, next)
	if len(changed) == 0 {
		return nil
	}
	return logChange(tx, by, "Réglages de la société modifiés\u00a0: "+strings.Join(changed, ", "), "settings")
}

// checkLocations refuses a SIREN that is not that of the locations.
func checkLocations(q db.Querier, companySIREN string) error {
	if companySIREN == "" {
		return nil
	}
	locations, err := Locations(q)
	for _, l := range locations {
		if l.SIRET != "" && l.SIRET[:9] != companySIREN {
			return fault.New(fault.Invalid, "Corrigez les champs signalés.").
				Field("siren", "La boutique « "+l.Name+" » a un SIRET qui commence par un autre SIREN. Corrigez d’abord celui de la boutique.")
		}
	}
	return err
}

// differences names the settings that changed among those an inspector may ask about.
func differences(a, b Settings) []string {
	var list []string
	for _, d := range []struct {
		name string
		same bool
	}{
		{"identité", a.Identity == b.Identity},
		{"adresse", a.Address == b.Address},
		{"fuseau horaire", a.TimeZone == b.TimeZone},
		{"heure de changement de journée", a.Cutoff == b.Cutoff},
		{"régime de TVA", a.VATRegime == b.VATRegime},
		{"début d’exercice", a.YearStart == b.YearStart},
		{"seuils", a.MinCash == b.MinCash && a.MaxCash == b.MaxCash},
		{"tolérance", a.Tolerance == b.Tolerance},
		{"verrouillage automatique", a.LockDays == b.LockDays},
		{"parties optionnelles", a.Options == b.Options},
	} {
		if !d.same {
			list = append(list, d.name)
		}
	}
	return list
}

func logChange(tx *db.Tx, by, label, source string) error {
	return seal.LogEvent(tx, seal.Event{Code: seal.ParametersChanged, Label: label, By: by, Source: source})
}
