package voucher_test

import (
	"strings"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/voucher"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/visit"
)

func TestAVoucherIsSoldUsedAndPrintedThroughThePages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		v := visit.As(t, s.company, voucher.New(d, cashbox.Hooks{Software: "Encaisse 1.0"}).Routes())
		v.Get(t, "/bons").Is(t, 200, "Aucun bon en cours")
		v.Get(t, "/bons/nouveau").Is(t, 200, "À usages multiples", "Soins, TVA 20")
		key := id.New()
		card := "/bons/" + key
		fields := []string{"id", key, "amount", "50", "purpose", "multi", "box", s.till.ID, "on", "2026-11-20", "until", "2027-11-20", "holder", "Anne Petit"}
		v.Post(t, "/bons/nouveau", "id", key, "amount", "cent", "purpose", "multi", "box", s.till.ID, "on", "2026-11-20").Is(t, 422, `value="cent"`)
		for range 2 { // sent twice
			v.Post(t, "/bons/nouveau", fields...).LeadsTo(t, card)
		}
		number := s.found(t, key).Number
		v.Get(t, card).Is(t, 200, number, "50,00\u00a0€", "Anne Petit", "Utiliser le bon")
		v.Get(t, "/bons?q="+strings.ToLower(number)).LeadsTo(t, card)
		v.Get(t, "/bons?q=petit").Is(t, 200, number, "1\u00a0bon", "concordent")
		v.Post(t, card+"/utiliser", "id", id.New(), "amount", "60", "box", s.till.ID).Is(t, 422, "Il ne reste que 50,00\u00a0€", `value="60"`)
		use := id.New()
		v.Post(t, card+"/utiliser", "id", use, "amount", "20", "box", s.till.ID).LeadsTo(t, card)
		v.Get(t, card).Is(t, 200, "Entamé", "30,00\u00a0€")
		v.Post(t, card+"/reprendre", "id", id.New(), "use", use).LeadsTo(t, card)
		v.Post(t, card+"/prolonger", "id", id.New(), "until", "2020-01-01").Is(t, 422, "Choisissez une date à venir")
		v.Post(t, card+"/prolonger", "id", id.New(), "until", "2028-01-31").LeadsTo(t, card)
		v.Get(t, card).Is(t, 200, "Prolongé jusqu’au 31/01/2028")
		v.Post(t, card+"/expirer", "id", id.New()).Is(t, 409, "Seul un bon échu")
		v.Post(t, card+"/rembourser", "id", id.New(), "box", s.till.ID, "method", s.cash).Is(t, 422, "d’espèces dans cette caisse")
		if pdf := v.Get(t, card+"/imprimer"); pdf.Status != 200 || !strings.HasPrefix(pdf.Body, "%PDF") {
			t.Errorf("the voucher is %d, %.20q", pdf.Status, pdf.Body)
		}
		v.Post(t, card+"/annuler", "id", id.New(), "reason", "erreur").LeadsTo(t, card)
		v.Get(t, card).Is(t, 200, "Annulé")
		for _, format := range []string{"csv", "xlsx", "pdf"} {
			v.Get(t, "/bons/export?etat=&format="+format).Is(t, 200)
		}
		v.Get(t, "/bons/"+id.New()).Is(t, 404)
	})
}

func TestWhoMayOnlyUseVouchersIsOfferedNothingElse(t *testing.T) {
	d := dbtest.SQLite(t)
	s := newShop(t, d)
	sold := s.sold(t, s.voucher(5000))
	v := visit.As(t, s.company, voucher.New(d, cashbox.Hooks{Software: "Encaisse 1.0"}).Routes(), right.VoucherRedeem)
	page := v.Get(t, "/bons/"+sold.ID).Is(t, 200, "Utiliser le bon")
	if strings.Contains(page.Body, "Rembourser") || strings.Contains(page.Body, "Annuler le bon") {
		t.Error("the page offers what the person may not do")
	}
	if list := v.Get(t, "/bons").Is(t, 200, sold.Number); strings.Contains(list.Body, "concordent") || strings.Contains(list.Body, "Vendre un bon") {
		t.Error("the list shows balances, or offers to sell")
	}
	v.Post(t, "/bons/"+sold.ID+"/annuler", "id", id.New(), "reason", "x").Is(t, 403)
}

func TestVouchersAreSorted(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	var ids []string
	for n, end := range []day.Day{"2028-01-01", "", "2027-01-01"} {
		v := s.voucher(money.Amount(1000 * (n + 1)))
		v.ValidUntil = end
		ids = append(ids, s.sold(t, v).ID)
	}
	for order, want := range map[voucher.Sort][]int{voucher.MostLeft: {2, 1, 0}, voucher.EndingFirst: {2, 0, 1}} {
		s.read(t, func(q *db.Snapshot) error {
			found, err := voucher.Find(q, voucher.Search{State: voucher.AnyKind, Sort: order}, today)
			for n, i := range want {
				if found.Vouchers[n].ID != ids[i] {
					t.Errorf("%s: the voucher in place %d is %s", order, n, found.Vouchers[n].Number)
				}
			}
			return err
		})
	}
}
