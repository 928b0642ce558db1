package firm

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/books/chart"
	"encaisse/internal/shop/accounting"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/question"
	"encaisse/internal/shop/staff"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/pagetest"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }

func TestAMonthIsCountedByTheStateOfItsDays(t *testing.T) {
	f := staff.FirmFile{Entry: company.Entry{Ref: company.Ref{ID: "1", Name: "Épicerie"}}}
	const days = "xxcgodllxccccccxccccooooooooooo" // 31
	for _, c := range []struct {
		today            string
		exported         string
		missing, gaps    int
		drafts, closed   int
		ready, exported2 bool
	}{
		{"2026-10-06", "", 1, 1, 0, 14, false, false}, // the draft is today’s
		{"2026-10-07", "", 1, 1, 1, 14, false, false},
		{"2026-11-02", "", 12, 1, 1, 14, false, false},
	} {
		r := newRow(f, nil, daysheet.NewSummary("1", "2026-10", 1, days, c.exported), true, "2026-10", dayOf(c.today))
		if r.Missing != c.missing || r.Gaps != c.gaps || r.Drafts != c.drafts || r.Closed != c.closed || r.Ready() != c.ready || r.Exported() != c.exported2 {
			t.Errorf("on %s: %+v", c.today, r)
		}
	}
	full := strings.Repeat("c", 31)
	r := newRow(f, nil, daysheet.NewSummary("1", "2026-10", 1, full, ""), true, "2026-10", "2026-11-01")
	if !r.Ready() || r.Exported() || r.export() != "prêt" {
		t.Errorf("a whole month: %+v", r)
	}
	r = newRow(f, nil, daysheet.NewSummary("1", "2026-10", 1, full, strings.Repeat("1", 31)), true, "2026-10", "2026-11-01")
	if r.Ready() || !r.Exported() || r.export() != "exporté" {
		t.Errorf("a month that left: %+v", r)
	}
	r = newRow(f, nil, daysheet.NewSummary("1", "2026-10", 1, full, ""), true, "2026-10", "2026-10-31")
	if r.Ready() {
		t.Error("a month that is not over is ready")
	}
}

func TestTheWorstComesFirstAndWordsAreFoundWithoutAccents(t *testing.T) {
	v := view{month: "2026-11", today: "2026-11-21"}
	rows := sampleRows(v)
	slices.Reverse(rows)
	sortWorst(rows)
	var names []string
	for _, r := range rows {
		names = append(names, r.ID)
	}
	if got := strings.Join(names, " "); got != "c1 c2 c3 c5 c4" {
		t.Errorf("order %s", got)
	}
	for i := range rows[:len(rows)-1] {
		if rows[i].weight() < rows[i+1].weight() {
			t.Errorf("%s before %s", rows[i].Name, rows[i+1].Name)
		}
	}
	for words, want := range map[string]int{"cafe": 1, "FAURE": 3, "brunet fleurs": 1, "rien": 0, "": 5} {
		if got := matching(sampleRows(v), words); len(got) != want {
			t.Errorf("%q finds %d", words, len(got))
		}
	}
}

func TestAMemberSeesTheCompaniesOfTheFirmAndOfTheirPortfolioAlone(t *testing.T) { // ORG-9
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		bakery, florist, foreign := o.client(t, o.firm, "Boulangerie"), o.client(t, o.firm, "Fleuriste"), o.client(t, o.other, "Garage")
		screen := "/cabinets/" + o.firm + "/suivi"
		sees := func(who, path string, want ...string) {
			t.Helper()
			status, body := o.ask(t, who, path, nil)
			if status != 200 {
				t.Fatalf("%s on %s: %d", who, path, status)
			}
			for _, c := range []client{bakery, florist, foreign} {
				if got := strings.Contains(body, c.Name); got != slices.Contains(want, c.Name) {
					t.Errorf("%s sees %s: %v", who, c.Name, got)
				}
			}
		}
		sees("Claire", screen, "Boulangerie", "Fleuriste")
		sees("Samuel", screen, "Boulangerie", "Fleuriste")
		if status, _ := o.ask(t, "Paula", screen, nil); status != 404 {
			t.Errorf("a stranger is answered %d", status)
		}
		share := "/cabinets/" + o.firm + "/portefeuilles/" + bakery.ID
		if status, _ := o.ask(t, "Samuel", share, url.Values{"membre": {o.samuel.ID}}); status != 403 {
			t.Errorf("a member who does not lead shares: %d", status)
		}
		if status, _ := o.ask(t, "Claire", "/cabinets/"+o.firm+"/portefeuilles/"+foreign.ID, url.Values{"membre": {o.claire.ID}}); status != 404 {
			t.Errorf("a company of another firm is shared: %d", status)
		}
		if status, _ := o.ask(t, "Claire", share, url.Values{"membre": {o.claire.ID}}); status != 303 {
			t.Errorf("sharing: %d", status)
		}
		sees("Claire", screen, "Boulangerie", "Fleuriste")
		sees("Samuel", screen, "Fleuriste")
		sees("Samuel", "/cabinets/"+o.firm+"/portefeuilles", "Fleuriste")
		month := url.Values{"mois": {"2026-10"}, "dossier": {bakery.ID, foreign.ID}}
		for _, path := range []string{"/relancer", "/exporter"} {
			_, body := o.ask(t, "Samuel", "/cabinets/"+o.firm+path, month)
			if strings.Contains(body, "Boulangerie") || strings.Contains(body, "Garage") {
				t.Errorf("%s shows a company Samuel may not see", path)
			}
		}
		if _, err := o.people.Enter(context.Background(), identityOf(o.samuel), bakery.Slug); err == nil {
			t.Error("Samuel enters a company of somebody else’s portfolio")
		}
		if _, err := o.people.Enter(context.Background(), identityOf(o.samuel), florist.Slug); err != nil {
			t.Errorf("Samuel does not enter a company open to the firm: %v", err)
		}
		files, err := o.people.Files(context.Background(), o.samuel.ID)
		if err != nil || len(files.Files) != 1 || files.Files[0].ID != florist.ID {
			t.Errorf("Samuel’s files: %+v, %v", files.Files, err)
		}
	})
}

func TestRemindersAreSeenThenSentOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		late, fine := o.client(t, o.firm, "En retard"), o.client(t, o.firm, "À jour")
		o.close(t, fine, 29, 30, 31)
		o.close(t, late, 29)
		if _, body := o.ask(t, "Claire", "/cabinets/"+o.firm+"/suivi?mois=2026-10", nil); !strings.Contains(body, "2 manq.") || !strings.Contains(body, "prêt") {
			t.Fatal("the screen does not count the two days missing, or the month that is ready")
		}
		base, form := "/cabinets/"+o.firm, url.Values{"mois": {"2026-10"}, "dossier": {late.ID, fine.ID}}
		_, body := o.ask(t, "Claire", base+"/relancer", form)
		for _, want := range []string{locale.LongDate("2026-10-30"), locale.LongDate("2026-10-31"), late.manager.Email, "https://caisse.test/d/" + late.Slug + "/journees/2026-10", "Envoyer 1", "1\u00a0dossier coché est à jour"} {
			if !strings.Contains(body, want) {
				t.Errorf("the preview does not say %q", want)
			}
		}
		if letters := o.deliver(t); len(letters) != 0 {
			t.Fatalf("looking wrote %d letters", len(letters))
		}
		form.Set("cle", id.New())
		for range 2 {
			if status, _ := o.ask(t, "Claire", base+"/relancer/envoyer", form); status != 303 {
				t.Fatalf("sending: %d", status)
			}
		}
		letters := o.deliver(t)
		if len(letters) != 1 || letters[0].To[0] != late.manager.Email || letters[0].ReplyTo != o.claire.Email {
			t.Errorf("letters %+v", letters)
		}
		if _, body := o.ask(t, "Claire", base+"/suivi?mois=2026-10", nil); !strings.Contains(body, "relancé le 05/11") {
			t.Error("the screen does not say when the company was reminded")
		}
	})
}

func TestSeveralCompaniesLeaveInOneArchiveAndItSaysWhatCouldNot(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		late, fine := o.client(t, o.firm, "En retard"), o.client(t, o.firm, "À jour")
		o.close(t, fine, 29, 30, 31)
		o.close(t, late, 29)
		base, form := "/cabinets/"+o.firm, url.Values{"mois": {"2026-10"}, "dossier": {late.ID, fine.ID}}
		if _, body := o.ask(t, "Claire", base+"/exporter", form); !strings.Contains(body, "Journée à saisir le 30/10/2026") || !strings.Contains(body, "Exporter 1\u00a0dossier et télécharger") {
			t.Errorf("the control says %s", body)
		}
		var first []byte
		for range 2 {
			status, body := o.ask(t, "Claire", base+"/exporter/archive", form)
			if status != 200 {
				t.Fatalf("the archive: %d", status)
			}
			archive, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
			if err != nil {
				t.Fatal(err)
			}
			content := map[string]string{}
			for _, f := range archive.File {
				r, err := f.Open()
				if err != nil {
					t.Fatal(err)
				}
				var text bytes.Buffer
				text.ReadFrom(r)
				content[f.Name] = text.String()
			}
			file := content[fine.Slug+"/ecritures_2026-10_fec.txt"]
			if len(content) != 2 || strings.Count(file, "\r\n") != 10 || !strings.Contains(content["compte-rendu.txt"], "En retard\u00a0: non exporté.") {
				t.Errorf("the archive holds %q", content)
			}
			if first != nil && string(first) != file {
				t.Error("the same month again is another file")
			}
			first = []byte(file)
		}
		if _, body := o.ask(t, "Claire", base+"/suivi?mois=2026-10&filtre=exportes", nil); !strings.Contains(body, "À jour") || strings.Contains(body, "En retard") {
			t.Error("the filter of what left does not show it")
		}
	})
}

func TestATemplateCarriesSettingsFromOneCompanyToOthersOfTheFirm(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		model, target, foreign := o.client(t, o.firm, "Modèle"), o.client(t, o.firm, "Nouvelle"), o.client(t, o.other, "Garage")
		o.write(t, model.ID, func(tx *db.Tx) error {
			settings, err := company.Load(tx)
			if err != nil {
				return err
			}
			settings.Tolerance, settings.Vouchers = 123, true
			exports := accounting.Defaults()
			exports.Format, exports.Default.Code = accounting.FormatQuadra, "CB"
			return errors.Join(company.Change(tx, "u", settings), chart.Set(tx, "box.cash", "531", "Caisse siège"), accounting.Save(tx, "u", exports))
		})
		base := "/cabinets/" + o.firm + "/modeles"
		if status, body := o.ask(t, "Claire", base, url.Values{"nom": {""}, "dossier": {model.ID}}); status != 422 || !strings.Contains(body, "Donnez au modèle un nom") {
			t.Errorf("a template without a name: %d", status)
		}
		if status, _ := o.ask(t, "Claire", base, url.Values{"nom": {"Garage"}, "dossier": {foreign.ID}}); status != 404 {
			t.Errorf("a template of a foreign company: %d", status)
		}
		if status, _ := o.ask(t, "Claire", base, url.Values{"nom": {"Boulangerie"}, "dossier": {model.ID}}); status != 303 {
			t.Fatalf("keeping a template: %d", status)
		}
		_, body := o.ask(t, "Claire", base, nil)
		_, rest, _ := strings.Cut(body, base+"/")
		templateID, _, _ := strings.Cut(rest, "/")
		apply := base + "/" + templateID + "/appliquer"
		if status, _ := o.ask(t, "Paula", "/cabinets/"+o.other+"/modeles/"+templateID+"/appliquer", url.Values{"dossier": {foreign.ID}}); status != 404 {
			t.Errorf("another firm applies it: %d", status)
		}
		if status, _ := o.ask(t, "Claire", apply, url.Values{"dossier": {foreign.ID}}); status != 404 {
			t.Errorf("it is applied to a foreign company: %d", status)
		}
		if status, _ := o.ask(t, "Claire", apply, url.Values{"dossier": {target.ID}}); status != 303 {
			t.Fatalf("applying it: %d", status)
		}
		err := d.Read(context.Background(), target.ID, func(q *db.Snapshot) error {
			settings, err1 := company.Load(q)
			exports, err2 := accounting.Load(q)
			plan, err3 := chart.Load(q)
			methods, err4 := tender.List(q)
			code, _ := plan.Account("box.cash")
			if settings.Tolerance != 123 || !settings.Vouchers || exports.Format != accounting.FormatQuadra || exports.Default.Code != "CB" || code != "531" || len(methods) != 1 {
				t.Errorf("the company has %+v, %+v, %s, %v", settings, exports, code, methods)
			}
			return errors.Join(err1, err2, err3, err4)
		})
		if err != nil {
			t.Error(err)
		}
		if status, _ := o.ask(t, "Claire", base+"/"+templateID+"/supprimer", url.Values{"x": {"y"}}); status != 303 {
			t.Errorf("dropping it: %d", status)
		}
		if status, _ := o.ask(t, "Claire", apply, url.Values{"dossier": {target.ID}}); status != 404 {
			t.Errorf("it is applied once dropped: %d", status)
		}
	})
}

func BenchmarkAThousandCompanies(b *testing.B) {
	d := dbtest.SQLite(b)
	o := newOffice(b, d)
	for i := range 1000 {
		c := o.client(b, o.firm, fmt.Sprintf("Épicerie n° %d", i))
		if err := daysheet.RefreshSummary(context.Background(), d, c.ID, "2026-10"); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if status, body := o.ask(b, "Claire", "/cabinets/"+o.firm+"/suivi?mois=2026-10&par=1000", nil); status != 200 || strings.Count(body, `name="dossier"`) != 1000 {
			b.Fatal(status)
		}
	}
}

func TestTheFirmSeesWhereQuestionsWaitAndWhereAnAnswerIsToBeRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		asked, quiet := o.client(t, o.firm, "Interrogée"), o.client(t, o.firm, "Tranquille")
		thread, screen := id.New(), "/cabinets/"+o.firm+"/suivi?mois=2026-10&filtre=questions"
		o.write(t, asked.ID, func(tx *db.Tx) error {
			about, err := question.SubjectOf(tx, asked.till.ID, "2026-10-30", "")
			if err != nil {
				return err
			}
			return question.Ask(tx, thread, about, "Et ceci\u00a0?", question.Author{ID: o.claire.ID, Name: "Claire"})
		})
		if _, body := o.ask(t, "Claire", screen, nil); !strings.Contains(body, "1\u00a0question</a>") || strings.Contains(body, quiet.Name) {
			t.Error("the filter does not show who is asked, alone")
		}
		_, list, err := o.room.gather(t.Context(), asked.manager.ID, "2026-11-05")
		if err != nil || len(list) != 1 || !strings.Contains(strings.Join(list[0].lines, "|"), "Question de votre comptable à répondre\u00a0: Caisse 1") {
			t.Errorf("the letter of the manager says %+v, %v", list, err)
		}
		o.write(t, asked.ID, func(tx *db.Tx) error {
			return question.Say(tx, question.Reply{Key: id.New(), Question: thread, Kind: question.Answers, Text: "Oui", By: question.Author{ID: asked.manager.ID, Name: "Gérant"}})
		})
		if _, body := o.ask(t, "Claire", screen, nil); !strings.Contains(body, "1\u00a0réponse</a>") {
			t.Error("the screen does not say that an answer is to be read")
		}
		_, list, err = o.room.gather(t.Context(), o.claire.ID, "2026-11-05")
		if err != nil || !strings.Contains(fmt.Sprint(list), "1\u00a0réponse à lire") {
			t.Errorf("the letter of Claire says %+v, %v", list, err)
		}
	})
}
