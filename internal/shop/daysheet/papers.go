package daysheet

import (
	"encaisse/internal/base/db"
	"encaisse/internal/web/ui"
)

// papers are the photos kept with the day, with their whole addresses.
func (r *Room) papers(q db.Querier, d dayData) ([]ui.Link, error) {
	links, err := r.hooks.Papers(q, d.Box.ID, d.On)
	for i := range links {
		links[i].URL = d.dayURL(d.Box.ID, d.On) + "/" + links[i].URL
	}
	return links, err
}

// paperFacts are the photos among the facts of a closed day.
func (d dayData) paperFacts() []ui.Fact {
	facts := make([]ui.Fact, len(d.Papers))
	for i, l := range d.Papers {
		facts[i] = ui.Fact{Label: "Ticket Z", Value: paperLink(l)}
	}
	return facts
}
