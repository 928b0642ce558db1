package tender

import (
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/visit"
)

func TestMethodsAreWrittenAndPutInOrderThroughTheirPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		v := visit.As(t, company, New(d).Routes())
		const list = "/reglages/moyens"
		v.Get(t, list).Is(t, 200, "Aucun moyen de paiement pour l’instant")
		v.Post(t, list+"/nouveau", "label", "Espèces", "kind", "cash", "float", "150").LeadsTo(t, list)
		v.Post(t, list+"/nouveau", "label", "Carte", "kind", "card", "prefilled", "oui").LeadsTo(t, list)
		v.Post(t, list+"/nouveau", "label", "Carte", "kind", "card", "float", "x").Is(t, 422, `value="x"`, "Ce montant ne se lit pas")
		var methods []Method
		read := func() {
			err := d.Read(t.Context(), company, func(q *db.Snapshot) (err error) {
				methods, err = List(q)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		read()
		if len(methods) != 2 || methods[0].Float != 15000 || !methods[1].Prefilled {
			t.Fatalf("methods are %+v", methods)
		}
		v.Post(t, list+"/ordre", "monter", methods[1].ID).LeadsTo(t, list)
		v.Get(t, list+"/"+methods[0].ID).Is(t, 200, `value="150,00"`, "Fonds de caisse")
		v.Post(t, list+"/"+methods[0].ID, "label", "Tiroir", "kind", "card").LeadsTo(t, list)
		v.Post(t, list+"/"+methods[0].ID+"/retirer").LeadsTo(t, list)
		read()
		if len(methods) != 2 || methods[0].Label != "Carte" || methods[1].Label != "Tiroir" || methods[1].Kind != Cash || methods[1].Active {
			t.Errorf("methods are %+v", methods)
		}
		v.Get(t, list).Is(t, 200, "Moyens retirés", "Tiroir")
		v.Post(t, list+"/"+methods[1].ID+"/remettre").LeadsTo(t, list)
		v.Get(t, list+"/"+id.New()).Is(t, 404)
	})
}
