package company

import (
	"slices"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/siren"
)

// SaveLocation adds a location, or changes the one whose id is given. A company keeps at least one in use.
func SaveLocation(tx *db.Tx, by string, l Location) (string, error) {
	settings, err := Load(tx)
	if err != nil {
		return "", err
	}
	l.SIRET = siren.Clean(l.SIRET)
	if err := l.check(settings.SIREN); err != nil {
		return "", err
	}
	all, err := Locations(tx)
	if err != nil {
		return "", err
	}
	if l.ID == "" {
		l.ID = id.New()
		if err := putLocation(tx, l, len(all)+1); err != nil {
			return "", err
		}
		return l.ID, logChange(tx, by, "Établissement ajouté", "location:"+l.ID)
	}
	at := slices.IndexFunc(all, func(other Location) bool { return other.ID == l.ID })
	if at < 0 {
		return "", fault.New(fault.NotFound, "Cet établissement n’existe pas.")
	}
	if !l.Active && !slices.ContainsFunc(all, func(other Location) bool { return other.Active && other.ID != l.ID }) {
		return "", fault.New(fault.Conflict, "Gardez au moins une boutique en service.")
	}
	if all[at] == l {
		return l.ID, nil
	}
	if err := putLocation(tx, l, at+1); err != nil {
		return "", err
	}
	return l.ID, logChange(tx, by, "Établissement modifié", "location:"+l.ID)
}
