package staff

import (
	"slices"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/books/act"
	"encaisse/internal/shop/company"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

// practice is a firm led by Claire, where Samuel works, with two companies; the boss administers both.
type practice struct {
	room                 *Room
	firm                 string
	boss, claire, samuel User
	shop, other          company.Ref
}

func newPractice(t testing.TB, d *db.DB) practice {
	t.Helper()
	room, _ := newRoom(t, d)
	p := practice{room: room, boss: newPerson(t, room, "boss"), claire: newPerson(t, room, "claire"), samuel: newPerson(t, room, "samuel")}
	write(t, d, "", func(tx *db.Tx) (err error) {
		if p.firm, err = CreateFirm(tx, "Cabinet", p.claire.ID); err != nil {
			return err
		}
		return JoinFirm(tx, p.firm, p.samuel.ID, false)
	})
	for _, to := range []*company.Ref{&p.shop, &p.other} {
		*to, _ = newCompany(t, d, p.boss)
		write(t, d, to.ID, func(tx *db.Tx) error { return GiveToFirm(tx, p.firm, p.boss.ID) })
	}
	return p
}

func (p practice) enter(t testing.TB, who web.Identity, slug string) web.Access {
	t.Helper()
	access, err := p.room.Enter(t.Context(), who, slug)
	if err != nil {
		t.Fatal(err)
	}
	return access
}

func TestAnAccountantSeesACompanyAsEachOfItsRolesAndNeverMoreThanTheirOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := newPractice(t, d)
		who := identity(t, p.room, signIn(t, p.room, p.samuel).Token)
		by := Granter{UserID: p.boss.ID, Rights: allRights()}
		if err := p.room.SaveRole(t.Context(), p.shop.ID, by, "", "Samedi", []string{string(right.DaysheetView), string(right.StaffManage)}); err != nil {
			t.Fatal(err)
		}
		own := p.enter(t, who, p.shop.Slug)
		if !own.Through || own.Looking() {
			t.Fatalf("at first Samuel is %+v", own)
		}
		choice, err := p.room.ViewChoice(t.Context(), who, p.shop.Slug)
		if err != nil || len(choice.Roles) != 5 {
			t.Fatalf("the choice is %+v, %v", choice, err)
		}
		for _, role := range choice.Roles {
			if err := p.room.LookAs(t.Context(), who, p.shop.Slug, role.ID); err != nil {
				t.Fatal(err)
			}
			seen := p.enter(t, who, p.shop.Slug)
			if seen.View.Role != role.Name {
				t.Errorf("seen as %q, want %q", seen.View.Role, role.Name)
			}
			for _, label := range right.All() {
				if want := role.Rights.Has(label.Right) && own.Can(label.Right); seen.Can(label.Right) != want {
					t.Errorf("as %s, %s: %v", role.Name, label.Right, !want)
				}
			}
			if hidden := slices.Contains(role.Hidden, "Gérer l’équipe et les droits"); hidden != role.Rights.Has(right.StaffManage) {
				t.Errorf("%s hides %v", role.Name, role.Hidden)
			}
		}
		if other := p.enter(t, who, p.other.Slug); other.Looking() {
			t.Error("another company is seen with other eyes too")
		}
		if boss := p.enter(t, identity(t, p.room, signIn(t, p.room, p.boss).Token), p.shop.Slug); boss.Looking() || boss.Through {
			t.Error("somebody of the shop looks with other eyes")
		}
	})
}

func TestAViewIsForTheCompaniesOneComesToThroughTheFirm(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := newPractice(t, d)
		who, boss := identity(t, p.room, signIn(t, p.room, p.samuel).Token), identity(t, p.room, signIn(t, p.room, p.boss).Token)
		mustBe(t, p.room.LookAs(t.Context(), who, p.shop.Slug, Accountant), fault.Invalid)
		mustBe(t, p.room.LookAs(t.Context(), who, p.shop.Slug, "no-such-role"), fault.Invalid)
		mustBe(t, p.room.LookAs(t.Context(), who, "no-such-company", Manager), fault.NotFound)
		mustBe(t, p.room.LookAs(t.Context(), boss, p.shop.Slug, Manager), fault.Forbidden)
		if err := p.room.LookAs(t.Context(), who, p.shop.Slug, Manager); err != nil {
			t.Fatal(err)
		}
		if err := p.room.Assign(t.Context(), p.firm, p.claire.ID, p.shop.ID, []string{p.claire.ID}); err != nil {
			t.Fatal(err)
		}
		_, err := p.room.Enter(t.Context(), who, p.shop.Slug)
		mustBe(t, err, fault.NotFound)
		mustBe(t, p.room.LookAs(t.Context(), who, p.shop.Slug, Manager), fault.NotFound)
	})
}

func TestAViewEndsWithAWordAnHourOrTheSessionAndTheLogTells(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := newPractice(t, d)
		who, another := identity(t, p.room, signIn(t, p.room, p.samuel).Token), identity(t, p.room, signIn(t, p.room, p.samuel).Token)
		look := func() {
			t.Helper()
			if err := p.room.LookAs(t.Context(), who, p.shop.Slug, Cashier); err != nil {
				t.Fatal(err)
			}
			if !p.enter(t, who, p.shop.Slug).Looking() {
				t.Fatal("Samuel looks with his own eyes")
			}
		}
		look()
		if p.enter(t, another, p.shop.Slug).Looking() {
			t.Error("another session of Samuel looks with other eyes")
		}
		if err := p.room.LookAgain(t.Context(), who, p.shop.Slug); err != nil {
			t.Fatal(err)
		}
		if p.enter(t, who, p.shop.Slug).Looking() {
			t.Error("Samuel did not come back to his own view")
		}
		look()
		dbtest.Clock(t, d).Advance(time.Hour)
		if p.enter(t, who, p.shop.Slug).Looking() {
			t.Error("the view outlived its hour")
		}
		var said []string
		err := d.Read(t.Context(), p.shop.ID, func(q *db.Snapshot) error {
			lines, _, err := act.Lines(q, act.Filter{By: p.samuel.ID, Words: "dossier vu"})
			for _, l := range lines {
				said = append(said, l.Label)
			}
			return err
		})
		slices.Sort(said)
		if want := "Dossier vu comme le client\u00a0: fin|Dossier vu comme\u00a0: Caissier|Dossier vu comme\u00a0: Caissier"; err != nil || strings.Join(said, "|") != want {
			t.Errorf("the log says %q, %v", said, err)
		}
	})
}

func TestWhoLooksWithOtherEyesWritesNothingAndIsToldWhy(t *testing.T) {
	d := dbtest.SQLite(t)
	p := newPractice(t, d)
	b := newBrowser(t, newSite(t, p.room, web.Route{Method: "POST", Path: "/d/{slug}/ecrire", Right: right.Member, Do: func(c *web.Ctx) error { return c.See(c.URL()) }}))
	b.post("/connexion", "email", p.samuel.Email, "mot-de-passe", goodPassword)
	if r := b.post("/d/" + p.shop.Slug + "/ecrire"); r.status != 200 {
		t.Fatalf("with his own eyes Samuel writes: %d", r.status)
	}
	if r := b.get("/voir-comme/" + p.shop.Slug); r.status != 200 || !strings.Contains(r.body, "Sauf, que vous n’avez pas vous-même") {
		t.Fatalf("the choice: %d %s", r.status, r.body)
	}
	if r := b.post("/voir-comme/"+p.shop.Slug, "role", "nobody"); r.status != 422 || !strings.Contains(r.body, "Choisissez un des rôles") {
		t.Errorf("a role there is not: %d", r.status)
	}
	if r := b.post("/voir-comme/"+p.shop.Slug, "role", Manager); r.status != 200 || r.path != "/d/"+p.shop.Slug+"/" {
		t.Fatalf("looking: %d %s", r.status, r.path)
	}
	r := b.post("/d/" + p.shop.Slug + "/ecrire")
	for _, want := range []string{"rien ne s’y enregistre", "Vous voyez le dossier comme", "<b>Gérant</b>", "Revenir à ma vue"} {
		if r.status != 403 || !strings.Contains(r.body, want) {
			t.Errorf("writing: %d, without %q", r.status, want)
		}
	}
	if r := b.post("/voir-comme/"+p.shop.Slug+"/quitter", "retour", "/d/"+p.shop.Slug+"/"); r.status != 200 {
		t.Errorf("coming back: %d", r.status)
	}
	if r := b.post("/d/" + p.shop.Slug + "/ecrire"); r.status != 200 {
		t.Errorf("back to his own eyes Samuel writes: %d", r.status)
	}
}
