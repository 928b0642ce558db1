package app

import (
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/staff"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

// What is remembered of a view must not outlive it: no act marks its end.
func TestAViewThatIsRememberedStillEndsAtItsHour(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		key, err := seal.NewMasterKey([]byte("the master key of a test store !"))
		if err != nil {
			t.Fatal(err)
		}
		room, err := staff.New(staff.Config{DB: d, Vault: key})
		if err != nil {
			t.Fatal(err)
		}
		var ref company.Ref
		var u staff.User
		err = d.Write(t.Context(), id.New(), func(tx *db.Tx) error {
			if ref, err = company.Create(tx, "Épicerie"); err != nil {
				return err
			}
			if u, err = staff.CreateUser(tx, staff.NewUser{Email: "claire@exemple.fr", Name: "Claire"}); err != nil {
				return err
			}
			firm, err := staff.CreateFirm(tx, "Cabinet", u.ID)
			if err != nil {
				return err
			}
			return staff.GiveToFirm(tx, firm, u.ID)
		})
		if err != nil {
			t.Fatal(err)
		}
		gate, who := newQuickGate(d, room), web.Identity{UserID: u.ID, SessionID: "s1"}
		want := func(looking bool) {
			t.Helper()
			for range 3 {
				access, err := gate.Enter(t.Context(), who, ref.Slug)
				if err != nil || access.Looking() != looking {
					t.Fatalf("looking with other eyes: %v, %v", access.Looking(), err)
				}
			}
		}
		want(false)
		if err := room.LookAs(t.Context(), who, ref.Slug, staff.Manager); err != nil {
			t.Fatal(err)
		}
		want(true)
		dbtest.Clock(t, d).Advance(59 * time.Minute)
		want(true)
		dbtest.Clock(t, d).Advance(time.Minute)
		want(false)
	})
}
