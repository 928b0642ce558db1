package act_test

import (
	"context"
	"errors"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/books/act"
	"encaisse/internal/books/number"
	"encaisse/internal/test/dbtest"
)

const key = "01931b6e-7c00-7000-8000-000000000001"

// sending is an act as it is sent: it takes a number when it counts.
type sending struct {
	key, kind string
	content   any
	fails     bool
}

var errOfTheAct = errors.New("the act does not hold")

func (s sending) send(d *db.DB, company string) error {
	return d.Write(context.Background(), company, func(tx *db.Tx) error {
		return act.Once(tx, s.key, s.kind, s.content, func() error {
			if s.fails {
				return errOfTheAct
			}
			_, err := number.Next(tx, "acts")
			return err
		})
	})
}

func TestAnActCountsOnceHoweverOftenItIsSent(t *testing.T) {
	first := sending{key: key, kind: "movement", content: map[string]int{"amount": 1234, "rate": 2000}}
	for _, c := range []struct {
		name   string
		again  sending
		want   fault.Kind
		counts int64
	}{
		{"the same content is the first one again", sending{key: key, kind: "movement", content: map[string]int{"rate": 2000, "amount": 1234}}, "", 1},
		{"another content under the key is refused", sending{key: key, kind: "movement", content: map[string]int{"amount": 1235, "rate": 2000}}, fault.Mismatch, 1},
		{"another kind under the key is refused", sending{key: key, kind: "daysheet", content: first.content}, fault.Mismatch, 1},
		{"another key is another act", sending{key: id.New(), kind: "movement", content: first.content}, "", 2},
		{"a key that is no identifier is refused", sending{key: "1", kind: "movement", content: first.content}, fault.Invalid, 1},
		{"no key is refused", sending{kind: "movement", content: first.content}, fault.Invalid, 1},
		{"a content that has no text is a defect", sending{key: id.New(), kind: "movement", content: func() {}}, fault.Internal, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				company := dbtest.Company(t, d)
				if err := first.send(d, company); err != nil {
					t.Fatal(err)
				}
				if got := fault.KindOf(c.again.send(d, company)); got != c.want {
					t.Errorf("sent again: %q, want %q", got, c.want)
				}
				wantCount(t, d, company, c.counts)
			})
		})
	}
}

func TestAnActThatFailedMayBeSentAgainOtherwise(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		if err := (sending{key: key, kind: "movement", content: 1, fails: true}).send(d, company); !errors.Is(err, errOfTheAct) {
			t.Fatalf("the act answers %v", err)
		}
		if err := (sending{key: key, kind: "movement", content: 2}).send(d, company); err != nil {
			t.Errorf("corrected and sent again: %v", err)
		}
		wantCount(t, d, company, 1)
	})
}

func TestAKeyBelongsToItsCompany(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for content := range 2 {
			company := dbtest.Company(t, d)
			if err := (sending{key: key, kind: "movement", content: content}).send(d, company); err != nil {
				t.Errorf("company %d: %v", content, err)
			}
			wantCount(t, d, company, 1)
		}
	})
}

func wantCount(t *testing.T, d *db.DB, company string, want int64) {
	t.Helper()
	err := d.Read(context.Background(), company, func(q *db.Snapshot) error {
		got, err := number.Last(q, "acts")
		if got != want {
			t.Errorf("%d acts counted, want %d", got, want)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
