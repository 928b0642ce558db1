package company

import (
	"strconv"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/books/seal"
)

// Ref is how a company is found.
type Ref struct{ ID, Slug, Name string }

// Create makes a company called name, with default settings, one location of the same name and the register of its back office. The transaction is that of
// the company to be: the caller takes a new id and opens db.Write on it, so that the directory and the company's own rows are
// written together or not at all.
func Create(tx *db.Tx, name string) (Ref, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return Ref{}, fault.New(fault.Invalid, "Donnez un nom à la société.").Field("name", "Donnez un nom à la société.")
	}
	slug, err := freeSlug(tx, slugOf(name))
	if err != nil {
		return Ref{}, err
	}
	ref := Ref{ID: tx.Company(), Slug: slug, Name: name}
	if err := insertCompany(tx, ref); err != nil {
		return Ref{}, err
	}
	if err := seal.OpenRegister(tx, seal.Office, seal.Office, "Arrière-boutique"); err != nil {
		return Ref{}, err
	}
	settings := Defaults()
	settings.LegalName, settings.TradeName = name, name
	if err := putSettings(tx, settings); err != nil {
		return Ref{}, err
	}
	return ref, putLocation(tx, Location{ID: id.New(), Name: name, Zone: Mainland, Active: true}, 1)
}

// freeSlug adds the first number that makes a slug unique.
func freeSlug(tx *db.Tx, slug string) (string, error) {
	taken, err := slugsLike(tx, slug)
	if err != nil {
		return "", err
	}
	free := slug
	for n := 2; taken[free]; n++ {
		free = slug + "-" + strconv.Itoa(n)
	}
	return free, nil
}

// Adopt gives a place in the directory to a company that comes from another install, whose own rows follow. The transaction is that of the
// company. Fault: Conflict when it is here already.
func Adopt(tx *db.Tx, name string) (Ref, error) {
	_, known, err := EntryByID(tx, tx.Company())
	if err != nil {
		return Ref{}, err
	}
	if known {
		return Ref{}, fault.New(fault.Conflict, "Cette société est déjà ici.")
	}
	slug, err := freeSlug(tx, slugOf(name))
	if err != nil {
		return Ref{}, err
	}
	ref := Ref{ID: tx.Company(), Slug: slug, Name: name}
	return ref, insertCompany(tx, ref)
}
