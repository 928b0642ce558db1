package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/devices"
	"encaisse/internal/web"
)

// pages times the pages of the first company of a data folder: the time of the server alone, without network.
func (b Bench) pages(ctx context.Context, p *Program) error {
	at := *p
	at.Data, at.Postgres = b.Pages, ""
	started := time.Now()
	d, key, err := at.open(ctx, false, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer d.Close()
	h, err := newHouse(houseConfig{db: d, key: key, log: slog.New(slog.DiscardHandler), clock: p.clock, unlimited: true})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "ready %.0f ms after start, %d MB resident\n", float64(time.Since(started).Microseconds())/1000, resident()>>20)
	list, err := companies(ctx, d)
	if err != nil || len(list) == 0 {
		return fmt.Errorf("there is no company in %s: %w", b.Pages, err)
	}
	door := &insider{}
	site, err := web.New(web.Config{Gate: door, Routes: routes(d, h.staff, "", nil, devices.New(nil, nil)), Nav: nav(d), Modules: modules()})
	if err != nil {
		return err
	}
	paths, err := door.load(ctx, d, list[0])
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "page\tstatus\tKB\tp50 ms\tp99 ms\t")
	for _, path := range paths {
		var last *httptest.ResponseRecorder
		s, err := load(ctx, 1, time.Second, func(ctx context.Context, _ int) error {
			last = httptest.NewRecorder()
			site.ServeHTTP(last, httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil))
			return nil
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%.1f\t%.1f\t\n", shortPath(path), last.Code, last.Body.Len()>>10, s.at(50), s.at(99))
	}
	return w.Flush()
}

// insider is a gate that lets the benchmark in as somebody who may see everything.
type insider struct{ access web.Access }

// Identify implements web.Gate.
func (insider) Identify(*http.Request) (web.Identity, error) {
	return web.Identity{UserID: "bench", Name: "Mesure"}, nil
}

// Enter implements web.Gate.
func (i *insider) Enter(context.Context, web.Identity, string) (web.Access, error) {
	return i.access, nil
}

// load reads the company and gives the paths to time: home, month, day, reports.
func (i *insider) load(ctx context.Context, d *db.DB, companyID string) (paths []string, err error) {
	err = d.Read(ctx, companyID, func(q *db.Snapshot) error {
		ref, err := company.Find(q)
		if err != nil {
			return err
		}
		settings, err := company.Load(q)
		if err != nil {
			return err
		}
		i.access = web.Access{CompanyID: ref.ID, Slug: ref.Slug, Name: ref.Name, Features: settings.Features(), Zone: settings.Zone(), Cutoff: settings.Cutoff}
		for _, l := range right.All() {
			i.access.Rights = append(i.access.Rights, l.Right)
		}
		if err := prepareAccess(q, &i.access); err != nil {
			return err
		}
		boxes, err := cashbox.List(q)
		if err != nil || len(boxes) == 0 {
			return err
		}
		base, yesterday := "/d/"+ref.Slug+"/", settings.Today(q.Now()).Add(-1)
		month := string(yesterday.Month())
		paths = []string{base, base + "journees/" + month, base + "journees/" + boxes[0].ID + "/" + string(yesterday), base + "rapports/journal?mois=" + month, base + "rapports/mois/" + month, base + "clients"}
		return nil
	})
	return paths, err
}

func shortPath(path string) string {
	parts := strings.SplitN(path, "/", 4)
	return "/" + parts[len(parts)-1]
}

// resident is the memory the process holds, in bytes, 0 where the system does not say.
func resident() int {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil || runtime.GOOS != "linux" {
		return 0
	}
	var size, pages int
	fmt.Sscan(string(text), &size, &pages)
	return pages * os.Getpagesize()
}
