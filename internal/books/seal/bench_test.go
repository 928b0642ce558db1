package seal_test

import (
	"context"
	"fmt"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/books/seal"
	"encaisse/internal/test/dbtest"
)

// benchShop is a company with many records in one chain.
func benchShop(b *testing.B, d *db.DB, records int) (company string, sources map[string]seal.Source) {
	b.Helper()
	company = dbtest.Company(b, d)
	for from := 0; from < records; from += 50 {
		err := d.Write(context.Background(), company, func(tx *db.Tx) error {
			for i := from; i < min(from+50, records); i++ {
				if _, err := seal.Append(tx, seal.Record{Register: seal.Office, Chain: seal.Entry, SourceKind: "act", SourceID: fmt.Sprint(i), Content: []byte("act")}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return company, map[string]seal.Source{"act": {
		Content: func(db.Querier, string) ([]byte, error) { return []byte("act"), nil },
		Each: func(_ db.Querier, fn func(string) error) error {
			for i := range records {
				if err := fn(fmt.Sprint(i)); err != nil {
					return err
				}
			}
			return nil
		},
	}}
}

func BenchmarkAppend(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			d := open(b)
			b.ResetTimer()
			benchShop(b, d, b.N)
		})
	}
}

func BenchmarkVerify(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			d := open(b)
			company, sources := benchShop(b, d, b.N)
			b.ResetTimer()
			err := d.Read(context.Background(), company, func(q *db.Snapshot) error {
				counts, err := seal.Verify(q, sources, nil)
				if err == nil && counts.Records != b.N+1 {
					b.Errorf("%d records, want %d", counts.Records, b.N+1)
				}
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		})
	}
}
