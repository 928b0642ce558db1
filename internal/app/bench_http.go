package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/staff"
	"encaisse/internal/shop/tender"
)

// benchShop is a company made for a measure, and somebody signed in to it.
type benchShop struct {
	ref    company.Ref
	box    cashbox.Box
	method string
	token  string
}

// throughHTTP measures money brought into a till, recorded as a page records it: over HTTP, signed in, checked, posted, sealed, durable.
func (b Bench) throughHTTP(ctx context.Context, p *Program, d *db.DB, key seal.MasterKey, clients int) (speed, error) {
	h, err := newHouse(houseConfig{db: d, key: key, log: slog.New(slog.DiscardHandler), clock: p.clock, unlimited: true})
	if err != nil {
		return speed{}, err
	}
	shop, err := h.openBenchShop(ctx)
	if err != nil {
		return speed{}, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return speed{}, err
	}
	server := h.site.Server("")
	go server.Serve(listener)
	defer server.Close()
	wires := make([]*wire, clients)
	for n := range wires {
		if wires[n], err = dial(listener.Addr().String()); err != nil {
			return speed{}, err
		}
		defer wires[n].conn.Close()
	}
	path := "/d/" + shop.ref.Slug + "/caisses/" + shop.box.ID + "/operation"
	today := string(company.Defaults().Today(d.Now()))
	return load(ctx, clients, b.For, func(_ context.Context, n int) error {
		form := url.Values{"id": {id.New()}, "kind": {string(cashbox.PaidIn)}, "method": {shop.method}, "amount": {"12,34"}, "on": {today}, "memo": {"mesure"}}
		return wires[n].post(path, shop.token, form.Encode())
	})
}

// wire is a connection kept open by one client, which costs as little as it can: the measure is of the server.
type wire struct {
	conn   net.Conn
	answer *bufio.Reader
}

func dial(address string) (*wire, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &wire{conn, bufio.NewReader(conn)}, nil
}

func (w *wire) post(path, token, form string) error {
	_, err := fmt.Fprintf(w.conn, "POST %s HTTP/1.1\r\nHost: %s\r\nCookie: encaisse=%s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
		path, w.conn.RemoteAddr(), token, len(form), form)
	if err != nil {
		return err
	}
	answer, err := http.ReadResponse(w.answer, nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 64<<10))
	if err == nil && answer.StatusCode != http.StatusSeeOther {
		err = fmt.Errorf("the page answered %d: %.2000s", answer.StatusCode, text)
	}
	return err
}

// openBenchShop makes a company with one till and one person, and opens a session.
func (h *house) openBenchShop(ctx context.Context) (s benchShop, err error) {
	err = h.db.Write(ctx, id.New(), func(tx *db.Tx) error {
		if s.ref, err = company.Create(tx, "Mesure"); err != nil {
			return err
		}
		person, err := staff.CreateUser(tx, staff.NewUser{Email: id.New() + "@exemple.fr", Name: "Mesure"})
		if err != nil {
			return err
		}
		if err := staff.Join(tx, s.ref.ID, person.ID, staff.Administrator, nil); err != nil {
			return err
		}
		if s.method, err = tender.Save(tx, person.ID, tender.Method{Kind: tender.Cash, Label: "Espèces", Active: true}); err != nil {
			return err
		}
		locations, err := company.Locations(tx)
		if err != nil {
			return err
		}
		if s.box, err = cashbox.Create(tx, cashbox.Box{Location: locations[0].ID, Name: "Caisse 1", FirstDay: "2020-01-01"}); err != nil {
			return err
		}
		pass, err := h.staff.Welcome(tx, person.ID, "bench")
		s.token = pass.Token
		return err
	})
	return s, err
}
