package staff

import (
	"log/slog"
	"path"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/job"
	"encaisse/internal/test/dbtest"
)

// mustTell runs the jobs that wait and checks what the activity log of a company then says of a person.
func mustTell(t testing.TB, r *Room, companyID string, u User, notes ...string) {
	t.Helper()
	runner := job.Runner{DB: r.db, Handlers: map[string]job.Handler{MailJob: r.SendMail, NoteJob: r.TellNote}, Log: slog.New(slog.DiscardHandler)}
	if err := runner.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	rows, err := dbtest.Raw(t, r.db).Query(`SELECT label FROM activity WHERE company_id = $1 AND by_user = $2`, companyID, u.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got, want []string
	for rows.Next() {
		var label string
		if err := rows.Scan(&label); err != nil {
			t.Fatal(err)
		}
		got = append(got, label)
	}
	for _, note := range notes {
		want = append(want, noteWords[note])
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || rows.Err() != nil {
		t.Errorf("the log says %q, want %q, %v", got, want, rows.Err())
	}
}

func TestAPersonAndTheirCompaniesAreToldWhenWhatTheySignInWithChanges(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, post := newRoom(t, d)
		u := newPerson(t, room, "marie")
		ref, _ := newCompany(t, d, u)
		here := signIn(t, room, u)
		enrol(t, room, u, identity(t, room, here.Token).SessionID)
		mustBe(t, room.RemoveGenerator(t.Context(), u.ID, "192.0.2.1"), "")
		mustBe(t, room.RemoveGenerator(t.Context(), u.ID, "192.0.2.1"), "") // nothing left: nothing told
		change := PasswordChange{SessionID: identity(t, room, here.Token).SessionID, UserID: u.ID, Token: here.Token, Client: "192.0.2.1", Current: goodPassword, New: "bruyère ondine calfeutre"}
		_, err := room.ChangePassword(t.Context(), change)
		mustBe(t, err, "")
		var link string
		write(t, d, "", func(tx *db.Tx) (err error) {
			link, err = ResetLink(tx, u.Email)
			return err
		})
		mustBe(t, room.Reset(t.Context(), path.Base(link), goodPassword, "192.0.2.1"), "")
		mustTell(t, room, ref.ID, u, noteCodeAdded, noteCodeGone, noteChanged, noteChanged)
		var subjects []string
		for _, letter := range post.letters {
			subjects = append(subjects, letter.Subject)
			if !slices.Equal(letter.To, []string{u.Email}) || strings.Contains(letter.Text, goodPassword) {
				t.Errorf("a letter to %q, or with the password in it", letter.To)
			}
		}
		slices.Sort(subjects)
		if got := strings.Join(subjects, ", "); got != "La double vérification est en place, La double vérification est retirée, Votre mot de passe est changé, Votre mot de passe est changé" {
			t.Errorf("the letters are %s", got)
		}
	})
}
