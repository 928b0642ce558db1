package catalog

import (
	"slices"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/visit"
)

func TestTheTicketZIsWrittenAndPutInOrderThroughItsPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		v := visit.As(t, company, New(d).Routes())
		const list = "/reglages/ticket-z"
		v.Get(t, list).Is(t, 200, "Aucune ligne pour l’instant")
		v.Get(t, list+"/nouvelle").Is(t, 200, "20\u00a0%, taux normal", "Sans TVA (exonéré", "À choisir")
		v.Post(t, list+"/nouvelle", "label", "Pain", "rate", "550", "kind", "goods").LeadsTo(t, list)
		v.Post(t, list+"/nouvelle", "label", "Livraison", "rate", "2000", "kind", "service", "account", "7061").LeadsTo(t, list)
		v.Post(t, list+"/nouvelle", "label", "Pain", "rate", "550", "kind", "goods").Is(t, 422, "Une autre ligne porte déjà cet intitulé")
		v.Post(t, list+"/nouvelle", "label", "Vins", "rate", "-1", "kind", "goods").Is(t, 422, `value="Vins"`, "Choisissez un taux de TVA")
		ids := map[string]string{}
		err := d.Read(t.Context(), company, func(q *db.Snapshot) error {
			all, err := List(q)
			for _, c := range all {
				ids[c.Label] = c.ID
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		v.Post(t, list+"/ordre", "ordre", ids["Pain"], "ordre", ids["Livraison"], "descendre", ids["Pain"]).LeadsTo(t, list)
		if got := labels(t, d, company); !slices.Equal(got, []string{"Livraison", "Pain"}) {
			t.Errorf("by the button: %q", got)
		}
		v.Post(t, list+"/ordre", "ordre", ids["Pain"], "ordre", ids["Livraison"]).LeadsTo(t, list)
		if got := labels(t, d, company); !slices.Equal(got, []string{"Pain", "Livraison"}) {
			t.Errorf("dragged: %q", got)
		}
		v.Get(t, list+"/"+ids["Livraison"]).Is(t, 200, `value="7061"`, `value="2000" selected`)
		v.Post(t, list+"/"+ids["Livraison"], "label", "Livraisons", "rate", "1000", "kind", "service").LeadsTo(t, list)
		v.Post(t, list+"/"+ids["Livraison"]+"/retirer").LeadsTo(t, list)
		v.Get(t, list).Is(t, 200, "Lignes retirées", "TVA 10\u00a0%")
		v.Post(t, list+"/"+ids["Livraison"]+"/remettre").LeadsTo(t, list)
		if got := labels(t, d, company); !slices.Equal(got, []string{"Pain", "Livraisons"}) {
			t.Errorf("back in use: %q", got)
		}
		v.Get(t, list+"/"+id.New()).Is(t, 404)
	})
}
