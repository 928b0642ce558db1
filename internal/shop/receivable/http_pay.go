package receivable

import (
	"net/http"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// askPayment shows the form of a payment: what the customer owes is proposed; an advance is given back.
func (r *Room) askPayment(c *web.Ctx) error {
	p := Payment{ID: id.New(), Kind: Repayment, Customer: customerOf(c), On: c.Today()}
	if c.Query("sens") == "rendre" {
		p.Kind = Refund
	}
	return r.showPayment(c, http.StatusOK, p, ui.Answers{})
}

func (r *Room) askGiveBack(c *web.Ctx) error {
	return r.showPayment(c, http.StatusOK, Payment{ID: id.New(), Kind: Overpayment, Box: c.Query("caisse"), On: c.Today()}, ui.Answers{})
}

func (k Kind) action() cashbox.Action {
	if k == Repayment {
		return cashbox.ActIncome
	}
	return cashbox.ActExpense
}

func (r *Room) showPayment(c *web.Ctx, status int, p Payment, answers ui.Answers) error {
	page := PaymentPage{Key: p.ID, Kind: p.Kind, Err: answers.Err, Action: c.R.URL.Path, Back: address(c, p.Customer)}
	if p.Kind == Overpayment {
		page.Back = c.URL("clients", "trop-percus")
	}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error { return page.load(c, q, p) })
	if err != nil {
		return err
	}
	page.Frame = c.Frame(p.Kind.title())
	page.Frame.Subtitle = page.Name
	page.Frame.Back = ui.Link{Label: "Retour", URL: page.Back}
	page.Form = answers.FillAll(page.fields(p, c.Today()))
	return c.Render(status, paymentPage(page))
}

// load reads what the form proposes.
func (p *PaymentPage) load(c *web.Ctx, q db.Querier, pay Payment) (err error) {
	if p.Boxes, err = cashbox.Offered(c, q, pay.Kind.action()); err != nil {
		return err
	}
	methods, err := tender.List(q)
	if err != nil {
		return err
	}
	for _, m := range tender.Active(methods) {
		if m.Held() {
			p.Methods = append(p.Methods, m)
		}
	}
	account := accountOf(pay.Customer)
	switch {
	case pay.Kind == Overpayment:
		p.Name = "Trop-perçus"
		if account = overpaidAccount(pay.Box); pay.Box == "" && len(p.Boxes) > 0 {
			account = overpaidAccount(p.Boxes[0].ID)
		}
	case pay.Customer == "":
		p.Name = "Clients non détaillés"
	default:
		customer, err := party.Get(q, pay.Customer)
		if err == nil && customer.Kind != party.Customer {
			err = fault.New(fault.NotFound, "Cette fiche n’existe pas.")
		}
		if err != nil {
			return err
		}
		p.Name = customer.Name
	}
	balance, err := ledger.Balance(q, account)
	p.Balance = balance
	return err
}

func (r *Room) pay(c *web.Ctx) error {
	kind := Repayment
	if c.R.PostForm.Get("kind") == string(Refund) {
		kind = Refund
	}
	return r.record(c, kind, customerOf(c))
}

func (r *Room) giveBack(c *web.Ctx) error { return r.record(c, Overpayment, "") }

// record posts the payment of the form.
func (r *Room) record(c *web.Ctx, kind Kind, customer string) error {
	form := c.Form()
	p := Payment{ID: form.ID("id"), Kind: kind, Customer: customer, Box: form.Get("box"), Method: form.Get("method"), On: form.Day("on"), Memo: form.Text("memo", 200), Advance: form.Checked("advance")}
	p.Amount, _ = form.Amount("amount")
	err := form.Err()
	if err == nil {
		err = p.check()
	}
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error { return r.write(c, tx, p) })
	}
	switch fault.KindOf(err) {
	case "":
	case fault.Invalid, fault.Conflict, fault.Locked, fault.Forbidden:
		return r.showPayment(c, web.StatusOf(err), p, ui.Answers{Values: form.Values, Err: err})
	default:
		return err
	}
	c.Flash(ui.OK, p.Kind.label()+"\u00a0: "+locale.Euro(p.Amount)+".")
	if kind == Overpayment {
		return c.See(c.URL("clients", "trop-percus"))
	}
	return c.See(address(c, customer))
}

// write checks what the person may do, posts, and makes the closed sheets follow. A payment sent again was already followed.
func (r *Room) write(c *web.Ctx, tx *db.Tx, p Payment) error {
	_, err := PaymentByID(tx, p.ID)
	known := err == nil
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if !known {
		if _, err := cashbox.Allowed(c, tx, p.Box, p.Kind.action(), p.On); err != nil {
			return err
		}
	}
	if err := Pay(tx, p, c.Today(), c.UserID); err != nil || known {
		return err
	}
	return r.follow(tx, p, p.Moves(), c.UserID, p.Kind.label()+" après la clôture")
}

// follow makes the closed sheets of a till follow what an act moved.
func (r *Room) follow(tx *db.Tx, p Payment, moves map[string]money.Amount, by, why string) error {
	b, err := cashbox.ByID(tx, p.Box)
	if err != nil || !b.IsTill() {
		return err
	}
	return r.hooks.AfterMovement(tx, p.Box, p.On, moves, by, why)
}

func (r *Room) askUndo(c *web.Ctx) error { return r.showUndo(c, http.StatusOK, id.New(), ui.Answers{}) }

func (r *Room) showUndo(c *web.Ctx, status int, key string, answers ui.Answers) error {
	page := UndoPage{Frame: c.Frame("Annuler le règlement"), Key: key, Action: c.R.URL.Path, Err: answers.Err}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		page.Payment, err = PaymentByID(q, c.Path("id"))
		return err
	})
	if err != nil {
		return err
	}
	page.Back = r.pageOf(c, page.Payment)
	page.Frame.Back = ui.Link{Label: "Retour", URL: page.Back}
	page.Reason = answers.Fill(ui.Field{Name: "reason", Label: "Pourquoi\u00a0?", Max: 200, Focus: true})
	return c.Render(status, undoPage(page))
}

func (r *Room) pageOf(c *web.Ctx, p Recorded) string {
	if p.Kind == Overpayment {
		return c.URL("clients", "trop-percus")
	}
	return address(c, p.Customer)
}

func (r *Room) undo(c *web.Ctx) error {
	form := c.Form()
	key, reason := form.ID("id"), form.Text("reason", 200)
	var p Recorded
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) (err error) {
			if p, err = PaymentByID(tx, c.Path("id")); err != nil {
				return err
			}
			again := p.Undone
			if !again {
				if _, err := cashbox.Allowed(c, tx, p.Box, cashbox.ActDelete, p.On); err != nil {
					return err
				}
			}
			if p, err = Undo(tx, key, p.ID, reason, c.Today(), c.UserID); err != nil || again {
				return err
			}
			moves := p.Moves()
			for method := range moves {
				moves[method] = -moves[method]
			}
			return r.follow(tx, p.Payment, moves, c.UserID, "Annulation d’un règlement après la clôture")
		})
	}
	switch fault.KindOf(err) {
	case "":
	case fault.Invalid, fault.Locked:
		return r.showUndo(c, web.StatusOf(err), key, ui.Answers{Values: form.Values, Err: err})
	default:
		return err
	}
	c.Flash(ui.OK, "Le règlement de "+locale.Euro(p.Amount)+" est annulé.")
	return c.See(r.pageOf(c, p))
}

func (r *Room) overpayments(c *web.Ctx) error {
	page := OverpaymentsPage{Frame: c.Frame("Trop-perçus"), Places: party.Places(c, party.PlaceOverpayments), Base: c.URL("clients", "trop-percus"), Undo: c.URL("clients", "reglements"), Today: c.Today()}
	page.First, page.Last, page.Err = periodOf(c)
	status := http.StatusOK
	if page.Err != nil {
		page.First, page.Last, status = c.Today().Month().First(), c.Today(), http.StatusUnprocessableEntity
	}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		boxes, err := cashbox.List(q)
		if err != nil {
			return err
		}
		var ids []string
		for _, b := range boxes {
			if b.IsTill() && c.Sees(b.Location) {
				page.Boxes, ids = append(page.Boxes, b), append(ids, b.ID)
			}
		}
		settings, err := company.Load(q)
		if err != nil {
			return err
		}
		page.Off = !settings.Overpayments
		page.Overpayments, err = LoadOverpayments(q, ids, page.First, page.Last)
		return err
	})
	if err != nil {
		return err
	}
	page.CanGive, page.CanUndo = c.Can(right.MovementRecord), c.Can(right.MovementReverse)
	return c.Render(status, overpaymentsPage(page))
}
