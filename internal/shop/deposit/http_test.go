package deposit_test

import (
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/deposit"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/visit"
)

func TestChequesAreNotedRemittedAndTickedOffThroughThePages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		v := visit.As(t, s.company, deposit.New(d, cashbox.Hooks{Software: "Encaisse 1.0"}).Routes())
		v.Get(t, "/remises").Is(t, 200, "Aucune remise", "Remettre", "En caisse 682,40\u00a0€")
		cheques, fresh := "/remises/cheques/"+s.till.ID+"/"+s.cheques, "/remises/nouvelle/"+s.till.ID+"/"+s.cheques
		v.Get(t, cheques).Is(t, 200, "342,00\u00a0€ de chèques en caisse ne sont pas notés")
		v.Post(t, cheques, "id", id.New(), "amount", "", "on", "2026-11-19").Is(t, 422, "Saisissez le montant du chèque")
		key := id.New()
		for range 2 { // sent twice
			v.Post(t, cheques, "id", key, "amount", "64,20", "on", "2026-11-19", "drawer", "Anne Petit", "number", "77", "party", s.anne).LeadsTo(t, cheques)
		}
		v.Get(t, fresh).Is(t, 200, "1\u00a0chèque en main", "Anne Petit", `value="277,80"`, "checked")
		slip := id.New()
		card := "/remises/bordereau/" + slip
		v.Post(t, fresh, "id", slip, "on", "2026-11-20", "cheque", key, "loose", "300").Is(t, 422, "La caisse ne compte que 342,00\u00a0€")
		for range 2 { // sent twice
			v.Post(t, fresh, "id", slip, "on", "2026-11-20", "cheque", key).LeadsTo(t, card)
		}
		v.Get(t, card).Is(t, 200, "Remise n°\u00a01", "64,20\u00a0€", "Anne Petit", "En chemin")
		if pdf := v.Get(t, card+"/imprimer"); pdf.Status != 200 || !strings.HasPrefix(pdf.Body, "%PDF") {
			t.Errorf("the slip is %d, %.20q", pdf.Status, pdf.Body)
		}
		v.Post(t, card+"/pointer", "id", id.New(), "on", "2026-11-25").Is(t, 422, "Choisissez le jour où la banque a crédité")
		v.Post(t, card+"/pointer", "id", id.New(), "on", "2026-11-20").LeadsTo(t, card)
		v.Get(t, card).Is(t, 200, "Créditée", "Un chèque est revenu impayé")
		v.Post(t, card+"/impaye", "id", id.New(), "cheque", key, "on", "2026-11-20", "fee", "15", "party", s.anne).LeadsTo(t, card)
		v.Get(t, card).Is(t, 200, "Impayé le 20/11/2026")
		v.Get(t, "/remises?etat=creditees").Is(t, 200, "1\u00a0remise")
		for _, format := range []string{"csv", "xlsx", "pdf"} {
			v.Get(t, "/remises/export?format="+format).Is(t, 200)
		}
		v.Get(t, "/remises/bordereau/"+id.New()).Is(t, 404)
	})
}

func TestCashIsCountedByItsPiecesAndASlipIsUndoneThroughThePages(t *testing.T) {
	d := dbtest.SQLite(t)
	s := newShop(t, d)
	v := visit.As(t, s.company, deposit.New(d, cashbox.Hooks{Software: "Encaisse 1.0"}).Routes())
	fresh, slip := "/remises/nouvelle/"+s.till.ID+"/"+s.cash, id.New()
	v.Get(t, fresh).Is(t, 200, `value="530,00"`, "Billet de 50\u00a0€")
	v.Post(t, fresh, "id", slip, "on", "2026-11-20", "loose", "530", "p-5000", "2").Is(t, 422, "Les billets et les pièces font 100,00\u00a0€")
	v.Post(t, fresh, "id", slip, "on", "2026-11-20", "loose", "", "p-5000", "2").LeadsTo(t, "/remises/bordereau/"+slip)
	card := "/remises/bordereau/" + slip
	v.Get(t, card).Is(t, 200, "100,00\u00a0€", "Billet de 50\u00a0€")
	v.Post(t, card+"/annuler", "id", id.New(), "reason", "").Is(t, 422, "Dites en quelques mots")
	v.Post(t, card+"/annuler", "id", id.New(), "reason", "bordereau déchiré").LeadsTo(t, card)
	v.Get(t, card).Is(t, 200, "Annulée")
}

func TestSlipsAreSorted(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	var ids []string
	for _, amount := range []money.Amount{2000, 9000, 5000} {
		ids = append(ids, s.made(t, s.slip(s.receive(t, today, amount))).ID)
	}
	for order, want := range map[deposit.Sort][]int{deposit.NewestFirst: {2, 1, 0}, deposit.OldestFirst: {0, 1, 2}, deposit.ByAmount: {1, 2, 0}} {
		s.read(t, func(q *db.Snapshot) error {
			found, err := deposit.Find(q, deposit.Search{State: deposit.AnyState, Sort: order}, func(string) bool { return true })
			for n, i := range want {
				if found.Slips[n].ID != ids[i] {
					t.Errorf("%s: the slip in place %d is n° %d", order, n, found.Slips[n].Number)
				}
			}
			return err
		})
	}
}
