package app

import (
	"maps"

	"encaisse/internal/base/db"
	"encaisse/internal/shop/api"
	"encaisse/internal/shop/staff"
)

// names are those of whoever may have done something in a company, by id: its people, those of its firm, and the programs linked to it.
func names(q db.Querier) (map[string]string, error) {
	people, err := staff.Names(q)
	if err != nil {
		return nil, err
	}
	programs, err := api.Names(q)
	if err != nil || len(programs) == 0 {
		return people, err
	}
	all := maps.Clone(people)
	maps.Copy(all, programs)
	return all, nil
}

// links is the room of the links with other programs.
func links(d *db.DB, publicURL string) *api.Room {
	return api.New(api.Config{DB: d, Clock: d, PublicURL: publicURL, Version: version, Names: names})
}
