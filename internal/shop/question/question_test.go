package question_test

import (
	"errors"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/question"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/shoptest"
)

const friday = "2026-11-20"

var (
	firm = question.Author{ID: "u-firm", Name: "Claire Faure"}
	shop = question.Author{ID: "u-shop", Name: "Samira Benali"}
)

// try runs an act that may be refused.
func try(t testing.TB, s *shoptest.Shop, fn func(tx *db.Tx) error) error {
	t.Helper()
	return s.DB.Write(t.Context(), s.Company, fn)
}

// ask asks about Friday at the first till and gives the id of the thread.
func ask(t testing.TB, s *shoptest.Shop, text string) string {
	t.Helper()
	key := id.New()
	s.Write(t, func(tx *db.Tx) error {
		about, err := question.SubjectOf(tx, s.Till.ID, friday, "")
		if err != nil {
			return err
		}
		return question.Ask(tx, key, about, text, firm)
	})
	return key
}

func say(t testing.TB, s *shoptest.Shop, thread string, kind question.Kind, text string, by question.Author) error {
	t.Helper()
	return try(t, s, func(tx *db.Tx) error {
		return question.Say(tx, question.Reply{Key: id.New(), Question: thread, Kind: kind, Text: text, By: by})
	})
}

// count is what a firm reads of the company.
func count(t testing.TB, s *shoptest.Shop) (c question.Count) {
	t.Helper()
	err := s.DB.Read(t.Context(), "", func(q *db.Snapshot) error {
		all, err := question.Counts(q)
		c = all[s.Company]
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAThreadIsAskedAnsweredSpecifiedAndClosedWithTheNamesOfAll(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		thread := ask(t, s, "  Pourquoi 12,40\u00a0€ de moins\u00a0?\r\n\x07 ")
		for i, step := range []struct {
			kind question.Kind
			text string
			by   question.Author
			want question.Count
		}{
			{question.Answers, "Un pourboire.", shop, question.Count{Answered: 1}},
			{question.Asks, "Qui l’a pris\u00a0?", firm, question.Count{Waiting: 1}},
			{question.Answers, "Moi.", shop, question.Count{Answered: 1}},
			{question.Closes, "", firm, question.Count{}},
		} {
			if err := say(t, s, thread, step.kind, step.text, step.by); err != nil {
				t.Fatalf("step %d: %v", i, err)
			}
			if got := count(t, s); got != step.want {
				t.Errorf("step %d: the firm reads %+v, want %+v", i, got, step.want)
			}
		}
		if err := say(t, s, thread, question.Answers, "Encore un mot", shop); !fault.Is(err, fault.Conflict) {
			t.Errorf("a closed thread goes on: %v", err)
		}
		s.Read(t, func(q *db.Snapshot) error {
			x, err1 := question.ByID(q, thread)
			messages, err2 := question.Messages(q, thread)
			var said []string
			for _, m := range messages {
				if m.At.IsZero() {
					t.Error("a message has no instant")
				}
				said = append(said, m.ByName+" "+string(m.Kind)+" "+m.Text)
			}
			want := "Claire Faure ask Pourquoi 12,40\u00a0€ de moins\u00a0?|Samira Benali answer Un pourboire.|Claire Faure ask Qui l’a pris\u00a0?|Samira Benali answer Moi.|Claire Faure close "
			if got := strings.Join(said, "|"); got != want {
				t.Errorf("the thread says\n%q, want\n%q", got, want)
			}
			if x.State != question.Closed || x.About != "Caisse 1, vendredi 20 novembre 2026" && x.About != "Caisse 1, vendredi 20\u00a0novembre 2026" {
				t.Errorf("the thread is %+v", x)
			}
			return errors.Join(err1, err2)
		})
	})
}

func TestAMessageSaysSomethingWithinItsBoundsOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		thread := ask(t, s, "Où est le reçu\u00a0?")
		for _, text := range []string{"", " \n ", strings.Repeat("a", question.MaxText+1)} {
			if err := say(t, s, thread, question.Answers, text, shop); !fault.Is(err, fault.Invalid) {
				t.Errorf("%.10q: %v", text, err)
			}
		}
		if err := say(t, s, id.New(), question.Answers, "Voici", shop); !fault.Is(err, fault.NotFound) {
			t.Errorf("a thread there is not: %v", err)
		}
		receipt := &cashbox.Receipt{Name: "reçu.pdf", Content: []byte("%PDF-1.4\n1 0 obj\n%%EOF")}
		reply := question.Reply{Key: id.New(), Question: thread, Kind: question.Answers, File: receipt, By: shop}
		for range 2 {
			if err := try(t, s, func(tx *db.Tx) error { return question.Say(tx, reply) }); err != nil {
				t.Fatal(err)
			}
		}
		wrong := question.Reply{Key: id.New(), Question: thread, Kind: question.Answers, File: &cashbox.Receipt{Name: "x.pdf", Content: []byte("<html>")}, By: shop}
		if err := try(t, s, func(tx *db.Tx) error { return question.Say(tx, wrong) }); !fault.Is(err, fault.Invalid) {
			t.Errorf("a page that calls itself a PDF: %v", err)
		}
		s.Read(t, func(q *db.Snapshot) error {
			messages, err := question.Messages(q, thread)
			if err != nil || len(messages) != 2 || messages[1].Attachment == "" {
				t.Fatalf("%+v, %v", messages, err)
			}
			f, err := cashbox.FileByID(q, messages[1].Attachment)
			if string(f.Content) != string(receipt.Content) {
				t.Errorf("kept as %q", f.Content)
			}
			return err
		})
		for range question.MaxMessages - 2 {
			if err := say(t, s, thread, question.Answers, "encore", shop); err != nil {
				t.Fatal(err)
			}
		}
		if err := say(t, s, thread, question.Asks, "de trop", firm); !fault.Is(err, fault.Conflict) {
			t.Errorf("a thread has no end: %v", err)
		}
		if err := say(t, s, thread, question.Closes, "", firm); err != nil {
			t.Errorf("a full thread does not close: %v", err)
		}
	})
}

func TestAQuestionIsAboutADayOrAnEntryOfABox(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		var entry string
		s.Write(t, func(tx *db.Tx) error {
			m := cashbox.Movement{ID: id.New(), Box: s.Till.ID, Method: s.Cash, Kind: cashbox.PaidIn, Amount: 5000, On: friday, Memo: "monnaie"}
			if err := cashbox.Record(tx, m, friday, shop.ID); err != nil {
				return err
			}
			all, err := cashbox.Movements(tx, s.Till.ID, friday, friday)
			if err == nil {
				entry = all[0].EntryID
			}
			return err
		})
		s.Read(t, func(q *db.Snapshot) error {
			about, err := question.SubjectOf(q, "", "", entry)
			if err != nil || about.Box.ID != s.Till.ID || about.On != friday || !strings.Contains(about.About, "écriture n°\u00a01") || !strings.Contains(about.About, "monnaie") {
				t.Errorf("about the entry: %+v, %v", about, err)
			}
			for name, of := range map[string][3]string{"no box": {"x", friday, ""}, "no day": {s.Till.ID, "demain", ""}, "no entry": {s.Till.ID, friday, id.New()}} {
				if _, err := question.SubjectOf(q, of[0], of[1], of[2]); !fault.Is(err, fault.NotFound) {
					t.Errorf("%s: %v", name, err)
				}
			}
			return nil
		})
	})
}

func TestWhatWasSaidIsNotChangedAndTheCountIsPutRight(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		thread := ask(t, s, "Une question\u00a0?")
		for _, query := range []string{`UPDATE question_message SET body = '' WHERE company_id = $1`, `DELETE FROM question_message WHERE company_id = $1`, `DELETE FROM question WHERE company_id = $1`} {
			if err := try(t, s, func(tx *db.Tx) error { _, err := tx.Exec(query, s.Company); return err }); err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", query, err)
			}
		}
		if err := d.Write(t.Context(), "", func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE question_count SET waiting = 7 WHERE company_id = $1`, s.Company)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := question.KeepCount(t.Context(), d, s.Company); err != nil {
			t.Fatal(err)
		}
		if got := count(t, s); got != (question.Count{Waiting: 1}) {
			t.Errorf("counted again: %+v", got)
		}
		s.Read(t, func(q *db.Snapshot) error {
			list, err := question.OfDay(q, s.Till.ID, friday)
			other, err2 := question.OfDay(q, s.Second.ID, friday)
			if len(list) != 1 || list[0].ID != thread || len(other) != 0 {
				t.Errorf("of the day: %+v, %+v", list, other)
			}
			return errors.Join(err, err2)
		})
	})
}
