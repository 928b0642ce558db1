package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/accounting"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/firm"
	"encaisse/internal/shop/staff"
	"encaisse/internal/web"
)

// What the measure of the books is made of.
const (
	benchEntries, benchLines     = 25_000, 8
	benchCompanies, benchMonths  = 1000, 24
	benchTogether, benchRepeated = 8, 3
)

// books times what reads or writes much at once: the file of entries of a year, files that come in, and the screen of a firm.
func (b Bench) books(ctx context.Context, p *Program) error {
	return b.inStore(ctx, p, "sqlite", func(d *db.DB, key seal.MasterKey) error {
		if err := b.yearFile(ctx, p, d); err != nil {
			return err
		}
		if err := b.imports(ctx, p, d); err != nil {
			return err
		}
		return b.cockpit(ctx, p, d, key)
	})
}

// yearFile times the file of a year of many entries, written to the disk.
func (b Bench) yearFile(ctx context.Context, p *Program, d *db.DB) error {
	companyID := id.New()
	on := company.Defaults().Today(d.Now())
	err := d.Write(ctx, companyID, func(tx *db.Tx) error { _, err := company.Create(tx, "Mesure"); return err })
	if err != nil {
		return err
	}
	for done := 0; done < benchEntries; done += 500 {
		err := d.Write(ctx, companyID, func(tx *db.Tx) error {
			for range 500 {
				e := ledger.Entry{On: on, Kind: "daysheet", Source: "bench:1", By: programUser, Memo: "Journée de mesure"}
				for n := range benchLines {
					key := fmt.Sprintf("bench/%d", n)
					e.Accounts = append(e.Accounts, ledger.Account{Key: key, Code: "530", Label: "Caisse", Sense: ledger.Debit})
					e.Lines = append(e.Lines, ledger.Line{Account: key, Amount: money.Amount(1234 * (1 - 2*(n%2))), Memo: "Recettes en espèces"})
				}
				if _, err := ledger.Post(tx, e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	debug.FreeOSMemory() // what making the entries took is none of the file's
	best, before := time.Duration(0), resident()
	for range benchRepeated {
		took, err := writeOnce(ctx, d, companyID)
		if err != nil {
			return err
		}
		if best == 0 || took < best {
			best = took
		}
	}
	_, err = fmt.Fprintf(p.out, "FEC: %d lines, %.0f lines/s, %d MB resident, %d MB more than before\n", benchEntries*benchLines, benchEntries*benchLines/best.Seconds(), resident()>>20,
		(resident()-before)>>20)
	return err
}

func writeOnce(ctx context.Context, d *db.DB, companyID string) (took time.Duration, err error) {
	file, err := os.CreateTemp("", "encaisse-bench-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	started := time.Now()
	err = d.Read(ctx, companyID, func(q *db.Snapshot) error {
		years, err := accounting.Years(q)
		if err != nil {
			return err
		}
		_, err = accounting.WriteFEC(q, file, years[0])
		return err
	})
	return time.Since(started), err
}

// cockpit times the screen of a firm that looks after many companies for two years.
func (b Bench) cockpit(ctx context.Context, p *Program, d *db.DB, key seal.MasterKey) error {
	h, err := newHouse(houseConfig{db: d, key: key, log: slog.New(slog.DiscardHandler), clock: p.clock, unlimited: true})
	if err != nil {
		return err
	}
	var firmID string
	door := &memberGate{}
	err = d.Write(ctx, "", func(tx *db.Tx) error {
		u, err := staff.CreateUser(tx, staff.NewUser{Email: "mesure@exemple.fr", Name: "Mesure"})
		if err != nil {
			return err
		}
		door.userID = u.ID
		firmID, err = staff.CreateFirm(tx, "Cabinet de mesure", u.ID)
		return err
	})
	if err != nil {
		return err
	}
	if err := benchClients(ctx, d, firmID); err != nil {
		return err
	}
	site, err := web.New(web.Config{Gate: door, Routes: firm.New(d, h.staff).Routes()})
	if err != nil {
		return err
	}
	path := "/cabinets/" + firmID + "/suivi?par=1000"
	var last *httptest.ResponseRecorder
	s, err := load(ctx, 1, 2*time.Second, func(ctx context.Context, _ int) error {
		last = httptest.NewRecorder()
		site.ServeHTTP(last, httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil))
		return nil
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "firm, %d companies × %d months: status %d, %d KB, p50 %.1f ms, p99 %.1f ms\n", benchCompanies, benchMonths, last.Code, last.Body.Len()>>10, s.at(50), s.at(99))
	return err
}

// memberGate lets the benchmark in as a member of the firm.
type memberGate struct{ userID string }

// Identify implements web.Gate.
func (m memberGate) Identify(*http.Request) (web.Identity, error) {
	return web.Identity{UserID: m.userID, Name: "Mesure"}, nil
}

// Enter implements web.Gate.
func (memberGate) Enter(context.Context, web.Identity, string) (web.Access, error) {
	return web.Access{}, nil
}

// benchClients makes the companies of the firm, several at a time, with the summaries of their months.
func benchClients(ctx context.Context, d *db.DB, firmID string) error {
	names := make(chan int)
	failures := make(chan error, benchTogether)
	var group sync.WaitGroup
	for range benchTogether {
		group.Go(func() {
			for n := range names {
				if err := benchClient(ctx, d, firmID, n); err != nil {
					failures <- err
					for range names { // let the giver finish
					}
					return
				}
			}
		})
	}
	for n := range benchCompanies {
		names <- n
	}
	close(names)
	group.Wait()
	close(failures)
	return <-failures
}

func benchClient(ctx context.Context, d *db.DB, firmID string, n int) error {
	companyID := id.New()
	month := company.Defaults().Today(d.Now()).Month()
	err := d.Write(ctx, companyID, func(tx *db.Tx) error {
		if _, err := company.Create(tx, fmt.Sprintf("Dossier %04d", n)); err != nil {
			return err
		}
		locations, err := company.Locations(tx)
		if err != nil {
			return err
		}
		if _, err := cashbox.Create(tx, cashbox.Box{Location: locations[0].ID, Name: "Caisse 1", FirstDay: month.Add(1 - benchMonths).First()}); err != nil {
			return err
		}
		return staff.GiveToFirm(tx, firmID, programUser)
	})
	for back := 0; back < benchMonths && err == nil; back++ {
		err = daysheet.RefreshSummary(ctx, d, companyID, month.Add(-back))
	}
	return err
}
