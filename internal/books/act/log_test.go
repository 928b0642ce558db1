package act_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/books/act"
	"encaisse/internal/test/dbtest"
)

func lines(t *testing.T, d *db.DB, company string, f act.Filter) (list []act.Line, total int) {
	t.Helper()
	err := d.Read(context.Background(), company, func(q *db.Snapshot) (err error) {
		list, _, err = act.Lines(q, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list, len(list)
}

func TestTheLogIsReadPageAfterPageWithoutALineTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		clock, company := dbtest.Clock(t, d), dbtest.Company(t, d)
		for range 3 {
			err := d.Write(context.Background(), company, func(tx *db.Tx) error {
				for range 7 { // of one instant
					if err := act.Note(tx, act.Line{ID: id.New(), By: "u1", Kind: "journees", Label: "Journée"}); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			clock.Advance(time.Minute)
		}
		all, _ := lines(t, d, company, act.Filter{})
		var got []act.Line
		f := act.Filter{Limit: 5}
		for more := true; more; {
			err := d.Read(context.Background(), company, func(q *db.Snapshot) error {
				page, next, err := act.Lines(q, f)
				got, more = append(got, page...), next
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			f.After = got[len(got)-1].Place()
		}
		if len(all) != 21 || !slices.Equal(got, all) {
			t.Errorf("%d lines page after page, %d at once", len(got), len(all))
		}
	})
}

func TestAnActAndItsLineAreKeptTogetherOrNotAtAll(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		d.AfterAct(act.Leave)
		company := dbtest.Company(t, d)
		author := func(label string) (context.Context, *act.Author) {
			a := &act.Author{Line: act.Line{ID: id.New(), By: "u1", Kind: "journees", Label: label, Subject: "journees/b1/2026-11-20", From: "192.0.2.1"}}
			return act.With(context.Background(), a), a
		}
		refused := errors.New("refused")
		ctx, _ := author("Journée : clôture")
		if err := d.Write(ctx, company, func(*db.Tx) error { return refused }); !errors.Is(err, refused) {
			t.Fatal(err)
		}
		if _, total := lines(t, d, company, act.Filter{}); total != 0 {
			t.Error("a refused act left a line")
		}
		ctx, a := author("Journée : clôture")
		for range 2 { // a request that writes twice
			if err := d.Write(ctx, company, func(*db.Tx) error { return nil }); err != nil {
				t.Fatal(err)
			}
		}
		list, total := lines(t, d, company, act.Filter{Words: "CLOTURE journee", By: "u1", Kind: "journees"})
		if total != 1 || !a.Noted() || list[0].From != "192.0.2.1" || list[0].By != "u1" {
			t.Errorf("%d %+v", total, list)
		}
		if _, total := lines(t, d, company, act.Filter{Words: "100%"}); total != 0 {
			t.Error("a sign of the search stands for anything")
		}
		if err := d.Write(context.Background(), company, func(*db.Tx) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if _, total := lines(t, d, company, act.Filter{}); total != 1 {
			t.Error("an act of nobody left a line")
		}
	})
}

func TestAddressesAreForgottenAfterAYearAndTheRestStays(t *testing.T) { // LAW-PRIV-2
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		clock, company := dbtest.Clock(t, d), dbtest.Company(t, d)
		err := d.Write(context.Background(), company, func(tx *db.Tx) error {
			return act.Note(tx, act.Line{ID: id.New(), By: "u1", Kind: "connexion", Label: "Connexion", From: "192.0.2.7"})
		})
		if err != nil {
			t.Fatal(err)
		}
		sweep := func() {
			if err := d.Write(context.Background(), company, act.ForgetOrigins); err != nil {
				t.Fatal(err)
			}
		}
		sweep()
		if list, _ := lines(t, d, company, act.Filter{}); list[0].From != "192.0.2.7" {
			t.Errorf("%+v", list)
		}
		clock.Advance(act.OriginKept + time.Hour)
		sweep()
		if list, total := lines(t, d, company, act.Filter{}); total != 1 || list[0].From != "" || list[0].By != "u1" {
			t.Errorf("%+v", list)
		}
	})
}

func TestARequestSentAgainLeavesNoOtherLine(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		d.AfterAct(act.Leave)
		company := dbtest.Company(t, d)
		send := func(keys ...string) {
			ctx := act.With(context.Background(), &act.Author{Line: act.Line{ID: id.New(), By: "u1", Kind: "caisses", Label: "Opération de caisse"}})
			err := d.Write(ctx, company, func(tx *db.Tx) error {
				for _, key := range keys {
					if err := act.Once(tx, key, "movement", "10,00", func() error { return nil }); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		first, second := id.New(), id.New()
		for _, step := range []struct {
			keys []string
			want int
		}{{[]string{first}, 1}, {[]string{first}, 1}, {[]string{first, second}, 2}, {[]string{second, first}, 2}, {nil, 3}} {
			send(step.keys...)
			if _, total := lines(t, d, company, act.Filter{}); total != step.want {
				t.Errorf("after %d facts: %d lines, not %d", len(step.keys), total, step.want)
			}
		}
	})
}
