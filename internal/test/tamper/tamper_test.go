package tamper_test

import (
	"reflect"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/tamper"
)

func TestAnIntruderChangesWhatHeLikesAndPutsItBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dbtest.Company(t, d)
		in := tamper.BreakIn(t, d)
		before := in.Rows("seal_record")
		seen := map[string]bool{}
		cells := in.EachCell("seal_record", 5, func(row tamper.Row, column string) {
			seen[column] = true
			if reflect.DeepEqual(in.Rows("seal_record"), before) {
				t.Errorf("%s was not changed", column)
			}
		})
		if want := len(in.Columns("seal_record")); cells != want || len(seen) != want {
			t.Errorf("%d values of %d columns changed, want %d", cells, len(seen), want)
		}
		in.EachRemoved("seal_record", 5, func(tamper.Row) {
			if left := in.Rows("seal_record"); len(left) != len(before)-1 {
				t.Errorf("%d rows left of %d", len(left), len(before))
			}
		})
		added := in.EachInserted("seal_record", 5, func(tamper.Row) {
			if there := in.Rows("seal_record"); len(there) != len(before)+1 {
				t.Errorf("%d rows there after %d", len(there), len(before))
			}
		})
		if added == 0 {
			t.Error("nothing was added")
		}
		if after := in.Rows("seal_record"); !reflect.DeepEqual(after, before) {
			t.Errorf("rows are now %v, want %v", after, before)
		}
	})
}
