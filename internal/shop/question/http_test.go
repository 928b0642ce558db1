package question_test

import (
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/question"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/shoptest"
	"encaisse/internal/test/visit"
	"encaisse/internal/web"
)

// sides are somebody of the firm and the manager of the shop.
func sides(t *testing.T, s *shoptest.Shop) (accountant, manager *visit.Visitor) {
	t.Helper()
	accountant = visit.As(t, s.Company, question.New(s.DB).Routes(), right.QuestionAsk, right.QuestionAnswer)
	accountant.Access.Through = true
	manager = visit.As(t, s.Company, question.New(s.DB).Routes(), right.QuestionAnswer)
	return accountant, manager
}

func TestTheFirmAsksTheShopAnswersAndTheFirmCloses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		accountant, manager := sides(t, s)
		form := "/questions/nouvelle?caisse=" + s.Till.ID + "&jour=" + friday
		accountant.Get(t, form).Is(t, 200, "Caisse 1, vendredi 20", "Votre question")
		key := id.New()
		fields := []string{"cle", key, "caisse", s.Till.ID, "jour", friday}
		accountant.Post(t, "/questions/nouvelle", append(fields, "texte", " ")...).Is(t, 422, "Écrivez votre question.")
		for range 2 { // the same form sent twice
			accountant.Post(t, "/questions/nouvelle", append(fields, "texte", "Et ces <b>12\u00a0€</b>\u00a0?")...).LeadsTo(t, "/questions/"+key)
		}
		manager.Get(t, "/questions").Is(t, 200, "1\u00a0question ouverte", "Et ces &lt;b&gt;12\u00a0€&lt;/b&gt;\u00a0?", "À répondre")
		thread := "/questions/" + key
		if page := manager.Get(t, thread).Is(t, 200, "Votre réponse", "Envoyer la réponse"); strings.Contains(page.Body, "Clore la question") {
			t.Error("the shop is offered to close the question")
		}
		manager.Post(t, thread+"/repondre", "cle", id.New(), "texte", "").Is(t, 422, "Écrivez un mot, ou joignez un fichier.")
		manager.Upload(t, thread+"/repondre", "piece", "recu.pdf", []byte("%PDF-1.4\n%%EOF"), "cle", id.New(), "texte", "Le voici").LeadsTo(t, thread)
		page := accountant.Get(t, thread).Is(t, 200, "Réponse à lire", "Le voici", "Voir la pièce jointe", "Clore la question")
		_, rest, _ := strings.Cut(page.Body, thread+"/pieces/")
		piece, _, _ := strings.Cut(rest, `"`)
		if got := accountant.Get(t, thread+"/pieces/"+piece).Is(t, 200); got.Type != "application/pdf" || got.Body != "%PDF-1.4\n%%EOF" {
			t.Errorf("the file is %s %q", got.Type, got.Body)
		}
		accountant.Get(t, thread+"/pieces/"+id.New()).Is(t, 404)
		accountant.Post(t, thread+"/preciser", "cle", id.New(), "texte", "Merci. Et le second\u00a0?").LeadsTo(t, thread)
		accountant.Post(t, thread+"/clore", "cle", id.New(), "texte", "").LeadsTo(t, thread)
		manager.Get(t, thread).Is(t, 200, "Cette question est close", "Le voici")
		manager.Post(t, thread+"/repondre", "cle", id.New(), "texte", "Trop tard").Is(t, 409, "Cette question est close. Posez-en une nouvelle")
		manager.Get(t, "/questions").Is(t, 200, "Aucune question ouverte")
		manager.Get(t, "/questions?etat=closes").Is(t, 200, "Questions closes", "Et ces &lt;b&gt;")
	})
}

func TestEachSideDoesItsPartAndSeesTheBoxesItMaySee(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		accountant, manager := sides(t, s)
		thread := "/questions/" + ask(t, s, "Une question\u00a0?")
		accountant.Post(t, thread+"/repondre", "cle", id.New(), "texte", "Je réponds pour vous").Is(t, 403, "Qui a posé la question")
		manager.Post(t, thread+"/clore", "cle", id.New()).Is(t, 403)
		manager.Get(t, "/questions/nouvelle?caisse="+s.Till.ID+"&jour="+friday).Is(t, 403)
		manager.Access.Rights = right.Set{right.QuestionAsk, right.QuestionAnswer} // an administrator of the shop
		manager.Post(t, thread+"/clore", "cle", id.New()).Is(t, 403, "Qui a posé la question")
		manager.Post(t, thread+"/repondre", "cle", id.New(), "texte", "Oui").LeadsTo(t, thread)
		accountant.Access.View = web.View{Role: "Gérant"} // sees as the manager
		if page := accountant.Get(t, thread).Is(t, 200, "Envoyer la réponse"); strings.Contains(page.Body, "Clore la question") {
			t.Error("with the eyes of the manager one is offered to close")
		}
		for _, v := range []*visit.Visitor{accountant, manager} {
			v.Access.View, v.Access.Locations = web.View{}, []string{"elsewhere"}
			v.Get(t, thread).Is(t, 404)
			v.Post(t, thread+"/repondre", "cle", id.New(), "texte", "x").Is(t, 404)
			v.Get(t, "/questions/nouvelle?caisse="+s.Till.ID+"&jour="+friday).Is(t, 404)
			v.Get(t, "/questions").Is(t, 200, "Aucune question ouverte")
		}
		other := dbtest.Company(t, d)
		stranger := visit.As(t, other, question.New(d).Routes())
		stranger.Get(t, thread).Is(t, 404)
	})
}

func TestClosedThreadsAreReadPageAfterPage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		_, manager := sides(t, s)
		for range 51 {
			if err := say(t, s, ask(t, s, "Une question\u00a0?"), question.Closes, "", firm); err != nil {
				t.Fatal(err)
			}
		}
		page := manager.Get(t, "/questions?etat=closes").Is(t, 200, "Suivantes")
		if n := strings.Count(page.Body, ">Ouvrir</a>"); n != 50 {
			t.Errorf("the first page shows %d", n)
		}
		_, rest, _ := strings.Cut(page.Body, "apres=")
		last, _, _ := strings.Cut(rest, `"`)
		page = manager.Get(t, "/questions?etat=closes&apres="+last).Is(t, 200)
		if n := strings.Count(page.Body, ">Ouvrir</a>"); n != 1 || strings.Contains(page.Body, "Suivantes") {
			t.Errorf("the second page shows %d", n)
		}
	})
}

func TestTheCardOfADayShowsItsThreadsToWhoMayReadThem(t *testing.T) {
	d := dbtest.SQLite(t)
	s := shoptest.New(t, d)
	ask(t, s, "Une question\u00a0?")
	card := web.Route{Method: "GET", Path: "/d/{slug}/jour", Right: right.Member, Do: func(c *web.Ctx) error {
		return d.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
			shown, err := question.CardOf(c, q, s.Till.ID, friday)
			if err != nil || shown == nil {
				return c.JSON(204, nil)
			}
			return c.Render(200, shown)
		})
	}}
	v := visit.As(t, s.Company, []web.Route{card}, right.QuestionAnswer)
	if page := v.Get(t, "/jour").Is(t, 200, "Une question\u00a0?"); strings.Contains(page.Body, "Poser une question") {
		t.Error("who may not ask is offered to")
	}
	v.Access.Rights = right.Set{right.QuestionAsk, right.QuestionAnswer}
	v.Get(t, "/jour").Is(t, 200, "Poser une question sur cette journée")
	v.Access.Rights = right.Set{right.DaysheetView}
	v.Get(t, "/jour").Is(t, 204)
}
