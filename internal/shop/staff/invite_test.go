package staff

import (
	"log/slog"
	"path"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/job"
	"encaisse/internal/test/dbtest"
)

func token(l Link) string { return path.Base(l.Path) }

// deliver runs the letters that wait.
func deliver(t testing.TB, r *Room) {
	t.Helper()
	runner := job.Runner{DB: r.db, Handlers: map[string]job.Handler{MailJob: r.SendMail}, Log: slog.New(slog.DiscardHandler)}
	if err := runner.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestAnInvitationMakesOneAccountWithOnePlace(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, post := newRoom(t, d)
		boss := newPerson(t, room, "boss")
		ref, shops := newCompany(t, d, boss)
		by := Granter{UserID: boss.ID, Rights: allRights()}
		link, err := room.Invite(t.Context(), ref.ID, by, NewMember{Email: " Paul@Exemple.fr ", RoleID: Cashier, Locations: []string{shops[1].ID}})
		if err != nil {
			t.Fatal(err)
		}
		deliver(t, room)
		if len(post.letters) != 1 || post.letters[0].To[0] != "paul@exemple.fr" || !strings.Contains(post.letters[0].Text, "https://caisse.test"+link.Path) {
			t.Errorf("letters %+v", post.letters)
		}
		o, err := room.Offer(t.Context(), token(link))
		if err != nil || o.CompanyName != "Épicerie du Port" || o.RoleName != "Caissier" || len(o.LocationNames) != 1 || o.By != "boss" || o.HasAccount {
			t.Fatalf("the offer is %+v (%v)", o, err)
		}
		answer := Acceptance{Token: token(link), Name: "Paul", Password: "motdepasse123"}
		mustBe(t, second(room.Accept(t.Context(), answer)), fault.Invalid)
		answer.Password = goodPassword
		out, err := room.Accept(t.Context(), answer)
		if err != nil {
			t.Fatal(err)
		}
		access, err := room.Enter(t.Context(), identity(t, room, out.Pass.Token), out.Slug)
		if err != nil || access.Sees(shops[0].ID) || !access.Sees(shops[1].ID) {
			t.Errorf("the place is %+v (%v)", access, err)
		}
		mustBe(t, second(room.Accept(t.Context(), answer)), fault.NotFound)
		mustBe(t, second(room.Invite(t.Context(), ref.ID, by, NewMember{Email: "paul@exemple.fr", RoleID: Cashier})), fault.Conflict)
	})
}

func TestSomebodyWithAnAccountSignsInToAcceptAnInvitation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		boss, paul := newPerson(t, room, "boss"), newPerson(t, room, "paul")
		ref, _ := newCompany(t, d, boss)
		link, err := room.Invite(t.Context(), ref.ID, Granter{UserID: boss.ID, Rights: allRights()}, NewMember{Email: paul.Email, RoleID: Reader})
		if err != nil {
			t.Fatal(err)
		}
		mustBe(t, second(room.Accept(t.Context(), Acceptance{Token: token(link), Name: "Paul", Password: goodPassword})), fault.Conflict)
		out, err := room.Accept(t.Context(), Acceptance{Token: token(link), UserID: paul.ID})
		if err != nil || out.Slug != ref.Slug || out.Pass.Token != "" {
			t.Errorf("accepted %+v (%v)", out, err)
		}
	})
}

func TestAnInvitationNoLongerServesOnceReplacedCancelledPastOrItsMakerGone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		boss, deputy := newPerson(t, room, "boss"), newPerson(t, room, "deputy")
		ref, _ := newCompany(t, d, boss)
		join(t, d, ref.ID, deputy, Administrator)
		invite := func(by User, email string) Link {
			link, err := room.Invite(t.Context(), ref.ID, Granter{UserID: by.ID, Rights: allRights()}, NewMember{Email: email, RoleID: Reader})
			if err != nil {
				t.Fatal(err)
			}
			return link
		}
		by := Granter{UserID: boss.ID, Rights: allRights()}
		replaced, cancelled, past, orphan := invite(boss, "a@exemple.fr"), invite(boss, "b@exemple.fr"), invite(boss, "c@exemple.fr"), invite(deputy, "d@exemple.fr")
		invite(boss, "a@exemple.fr")
		team, err := room.Team(t.Context(), ref.ID)
		if err != nil || len(team.Invitations) != 4 {
			t.Fatalf("%d invitations wait (%v)", len(team.Invitations), err)
		}
		for _, i := range team.Invitations {
			if i.Email == "b@exemple.fr" {
				mustBe(t, room.CancelInvitation(t.Context(), ref.ID, by, i.ID), "")
				mustBe(t, room.CancelInvitation(t.Context(), ref.ID, by, i.ID), fault.Conflict)
			}
		}
		mustBe(t, room.RemoveMember(t.Context(), ref.ID, by, deputy.ID), "")
		mustBe(t, second(room.Offer(t.Context(), token(past))), "")
		dbtest.Clock(t, d).Advance(7 * 24 * time.Hour)
		for what, link := range map[string]Link{"replaced": replaced, "cancelled": cancelled, "a week old": past, "of somebody gone": orphan, "made up": {Path: "/invitation/x"}} {
			if _, err := room.Accept(t.Context(), Acceptance{Token: token(link), Name: "X", Password: goodPassword}); !fault.Is(err, fault.NotFound) {
				t.Errorf("an invitation %s: %v", what, err)
			}
		}
	})
}

func TestALinkForANewPasswordServesOnceWithinTheHourAndClosesEverySession(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, post := newRoom(t, d)
		u := newPerson(t, room, "marie")
		open := signIn(t, room, u)
		mustBe(t, room.AskReset(t.Context(), "MARIE@exemple.fr", "192.0.2.1"), "")
		mustBe(t, room.AskReset(t.Context(), "nobody@exemple.fr", "192.0.2.1"), "")
		deliver(t, room)
		if len(post.letters) != 1 || post.letters[0].To[0] != u.Email {
			t.Fatalf("letters %+v", post.letters)
		}
		_, rest, _ := strings.Cut(post.letters[0].Text, "https://caisse.test/mot-de-passe/")
		link, _, _ := strings.Cut(rest, "\n")
		for range triesPerAccount { // block the account, as whoever attacks it would
			mustBe(t, second(room.SignIn(t.Context(), Attempt{Email: u.Email, Password: "guess", Client: "192.0.2.9"})), fault.Invalid)
		}
		mustBe(t, second(room.SignIn(t.Context(), Attempt{Email: u.Email, Password: "guess", Client: "192.0.2.9"})), fault.TooMany)
		mustBe(t, room.Reset(t.Context(), link, "marie exemple", "192.0.2.1"), fault.Invalid)
		mustBe(t, room.Reset(t.Context(), link, "bruyère ondine calfeutre", "192.0.2.1"), "")
		if holds(t, room, open.Token) {
			t.Error("a session opened with the password before holds")
		}
		mustBe(t, room.Reset(t.Context(), link, "bruyère ondine calfeutre", "192.0.2.1"), fault.NotFound)
		mustBe(t, second(room.SignIn(t.Context(), Attempt{Email: u.Email, Password: "bruyère ondine calfeutre", Client: "192.0.2.1"})), "")

		var late string
		write(t, d, "", func(tx *db.Tx) (err error) {
			if _, err = ResetLink(tx, u.Email); err != nil {
				return err
			}
			late, err = ResetLink(tx, u.Email)
			return err
		})
		dbtest.Clock(t, d).Advance(time.Hour)
		mustBe(t, room.Reset(t.Context(), path.Base(late), goodPassword, "192.0.2.1"), fault.NotFound)
	})
}

func TestAskingForLinksIsBounded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, post := newRoom(t, d)
		newPerson(t, room, "marie")
		for range triesPerAccount {
			mustBe(t, room.AskReset(t.Context(), "marie@exemple.fr", "192.0.2.1"), "")
		}
		mustBe(t, room.AskReset(t.Context(), "marie@exemple.fr", "192.0.2.1"), fault.TooMany)
		deliver(t, room)
		if len(post.letters) != triesPerAccount {
			t.Errorf("%d letters", len(post.letters))
		}
	})
}
