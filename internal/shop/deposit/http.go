package deposit

import (
	"net/http"
	"strconv"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Room answers the pages of deposits.
type Room struct {
	db    *db.DB
	hooks cashbox.Hooks
}

// New opens the room.
func New(d *db.DB, hooks cashbox.Hooks) *Room { return &Room{db: d, hooks: hooks.Whole()} }

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base = "/d/{slug}/remises"
	return []web.Route{
		{Method: "GET", Path: base, Right: right.DepositMake, Do: r.board},
		{Method: "GET", Path: base + "/export", Right: right.ReportExport, Do: r.boardFile},
		{Method: "GET", Path: base + "/nouvelle/{box}/{mode}", Right: right.DepositMake, Do: r.fresh},
		{Method: "POST", Path: base + "/nouvelle/{box}/{mode}", Right: right.DepositMake, Do: r.make},
		{Method: "GET", Path: base + "/cheques/{box}/{mode}", Right: right.DepositMake, Do: r.cheques},
		{Method: "POST", Path: base + "/cheques/{box}/{mode}", Right: right.DepositMake, Do: r.receive},
		{Method: "POST", Path: base + "/cheques/{box}/{mode}/retirer", Right: right.DepositMake, Do: r.withdraw},
		{Method: "GET", Path: base + "/bordereau/{remise}", Right: right.DepositMake, Do: r.slip},
		{Method: "GET", Path: base + "/bordereau/{remise}/imprimer", Right: right.DepositMake, Do: r.print},
		{Method: "POST", Path: base + "/bordereau/{remise}/pointer", Right: right.DepositMake, Do: r.credit},
		{Method: "POST", Path: base + "/bordereau/{remise}/depointer", Right: right.DepositMake, Do: r.uncredit},
		{Method: "POST", Path: base + "/bordereau/{remise}/impaye", Right: right.DepositMake, Do: r.giveBack},
		{Method: "POST", Path: base + "/bordereau/{remise}/annuler", Right: right.MovementReverse, Do: r.undo},
	}
}

func searchOf(c *web.Ctx) Search {
	s := Search{Words: c.Query("q"), State: State(c.Query("etat")), Sort: Sort(c.Query("tri"))}
	if len(s.Words) > 100 {
		s.Words = s.Words[:100]
	}
	if s.State != InTransit && s.State != InBank && s.State != Gone {
		s.State = AnyState
	}
	return s
}

// seen tells which boxes the person sees, and gives their names.
func seen(c *web.Ctx, q db.Querier) (sees func(string) bool, names map[string]string, err error) {
	all, err := cashbox.Everything(q)
	names = map[string]string{}
	within := map[string]bool{}
	for _, b := range all {
		names[b.ID], within[b.ID] = b.Name, b.Location == "" || c.Sees(b.Location)
	}
	methods, err2 := tender.List(q)
	for _, m := range methods {
		names[m.ID] = m.Label
	}
	if err == nil {
		err = err2
	}
	return func(box string) bool { return within[box] }, names, err
}

func (r *Room) board(c *web.Ctx) error {
	page := BoardPage{Frame: c.Frame("Remises en banque"), Base: c.URL("remises"), Search: searchOf(c), CanExport: c.Can(right.ReportExport), ShowBalance: c.Can(right.BalanceView)}
	page.Frame.Back = ui.Link{Label: "Trésorerie", URL: c.URL("caisses")}
	page.Page, _ = strconv.Atoi(c.Query("page")) // absent or wrong: the first
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		boxes, err := cashbox.Offered(c, q, cashbox.ActDeposit)
		if err != nil {
			return err
		}
		if page.Holdings, err = Holdings(q, boxes); err != nil {
			return err
		}
		sees, names, err := seen(c, q)
		if err != nil {
			return err
		}
		page.Names = names
		page.List, err = Find(q, page.Search, sees)
		return err
	})
	if err != nil {
		return err
	}
	page.Frame.Actions = boardActions(page)
	return c.Render(http.StatusOK, boardPage(page))
}

func (r *Room) boardFile(c *web.Ctx) error {
	var l List
	var names map[string]string
	var h company.Letterhead
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if h, err = company.LoadLetterhead(q, "", r.hooks.Software, c.Identity.Name); err != nil {
			return err
		}
		sees, all, err := seen(c, q)
		if err != nil {
			return err
		}
		names = all
		l, err = Find(q, searchOf(c), sees)
		return err
	})
	if err != nil {
		return err
	}
	return h.Send(c, c.Query("format"), l.report(searchOf(c), names, c.Today()))
}

// holding finds the box and the method of the address.
func holding(c *web.Ctx, q db.Querier) (h Holding, err error) {
	b, err := cashbox.Allowed(c, q, c.Path("box"), cashbox.ActDeposit, c.Today())
	if err != nil && !fault.Is(err, fault.Invalid) {
		return h, err
	}
	m, err := tender.Get(q, c.Path("mode"))
	if err == nil && (!b.Keeps(m) || b.Virtual) {
		err = fault.New(fault.NotFound, "Cette caisse ne garde pas d’argent de ce moyen de paiement.")
	}
	if err != nil {
		return h, err
	}
	return LoadHolding(q, b, m)
}

func (r *Room) fresh(c *web.Ctx) error {
	return r.showSlip(c, http.StatusOK, id.New(), ui.Answers{})
}

func (r *Room) showSlip(c *web.Ctx, status int, key string, answers ui.Answers) error {
	page := SlipFormPage{Action: c.R.URL.Path, Key: key, Back: c.URL("remises"), Today: c.Today(), Answers: answers, ShowBalance: c.Can(right.BalanceView)}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		page.Holding, err = holding(c, q)
		return err
	})
	if err != nil {
		return err
	}
	page.Cheques = c.URL("remises", "cheques", page.Holding.Box.ID, page.Holding.Method.ID)
	page.Frame = c.Frame("Remettre en banque")
	page.Frame.Subtitle = page.Holding.Box.Name + ", " + page.Holding.Method.Label
	page.Frame.Back = ui.Link{Label: "Retour aux remises", URL: page.Back}
	return c.Render(status, slipFormPage(page))
}

// slipOf reads the slip of the form.
func slipOf(c *web.Ctx, form *web.Form) Slip {
	s := Slip{ID: form.ID("id"), Box: c.Path("box"), Method: c.Path("mode"), On: form.Day("on"), Memo: form.Text("memo", 150), Cheques: form.Values["cheque"]}
	s.Loose, _ = form.Amount("loose")
	for _, value := range Denominations {
		if n, given := form.Count(pieceField(value)); given && n > 0 {
			if s.Pieces == nil {
				s.Pieces = map[int]int{}
			}
			s.Pieces[value] = n
		}
	}
	if counted := s.Counted(); counted > 0 { // counted by pieces: the amount typed is their sum, or is wrong
		if s.Loose != 0 && s.Loose != counted {
			form.Refuse("loose", "Les billets et les pièces font "+locale.Euro(counted)+", le montant saisi est "+locale.Euro(s.Loose)+". Corrigez l’un ou l’autre, ou videz le montant.")
		}
		s.Loose = 0
	}
	return s
}

func (r *Room) make(c *web.Ctx) error {
	form := c.Form()
	s := slipOf(c, form)
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error { return r.write(c, tx, s) })
	}
	switch fault.KindOf(err) {
	case "":
	case fault.Invalid, fault.Conflict, fault.Locked:
		return r.showSlip(c, web.StatusOf(err), s.ID, ui.Answers{Values: form.Values, Err: err})
	default:
		return err
	}
	c.Flash(ui.OK, "Remise enregistrée. Imprimez le bordereau et portez-le à la banque.")
	return c.See(c.URL("remises", "bordereau", s.ID))
}

// write checks what the person may do, makes the slip, and makes the closed sheets follow. A slip sent again was already followed.
func (r *Room) write(c *web.Ctx, tx *db.Tx, s Slip) error {
	_, err := SlipByID(tx, s.ID)
	known := err == nil
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if !known {
		if _, err := cashbox.Allowed(c, tx, s.Box, cashbox.ActDeposit, s.On); err != nil {
			return err
		}
	}
	if err := Make(tx, s, c.Today(), c.UserID); err != nil || known {
		return err
	}
	made, err := SlipByID(tx, s.ID)
	if err != nil {
		return err
	}
	return r.follow(tx, made, -made.Amount, c.UserID, "Remise en banque après la clôture")
}

// follow makes the closed sheets of a till follow what a slip moved.
func (r *Room) follow(tx *db.Tx, s Recorded, amount money.Amount, by, why string) error {
	b, err := cashbox.ByID(tx, s.Box)
	if err != nil || !b.IsTill() {
		return err
	}
	return r.hooks.AfterMovement(tx, s.Box, s.On, map[string]money.Amount{s.Method: amount}, by, why)
}

func (r *Room) cheques(c *web.Ctx) error {
	return r.showCheques(c, http.StatusOK, ui.Answers{})
}

func (r *Room) showCheques(c *web.Ctx, status int, answers ui.Answers) error {
	page := ChequesPage{Key: id.New(), Today: c.Today(), Page: 1, Answers: answers}
	if n, err := strconv.Atoi(c.Query("page")); err == nil && n > 1 && n < 10_000 {
		page.Page = n
	}
	page.Base = c.URL("remises", "cheques", c.Path("box"), c.Path("mode"))
	page.Make = c.URL("remises", "nouvelle", c.Path("box"), c.Path("mode"))
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Holding, err = holding(c, q); err != nil {
			return err
		}
		if page.Holding.Method.Kind != tender.Cheque {
			return fault.New(fault.NotFound, "Ce moyen de paiement n’est pas fait de chèques.")
		}
		page.Customers, err = party.LoadChoice(c, q, party.Customer, answers.Values.Get("party"+ui.SearchSuffix), answers.Values.Get("party"))
		return err
	})
	if err != nil {
		return err
	}
	page.Frame = c.Frame("Chèques en main")
	page.Frame.Subtitle = page.Holding.Box.Name + ", " + page.Holding.Method.Label
	page.Frame.Back = ui.Link{Label: "Retour aux remises", URL: c.URL("remises")}
	page.Frame.Actions = chequesActions(page)
	return c.Render(status, chequesPage(page))
}

func (r *Room) receive(c *web.Ctx) error {
	form := c.Form()
	cheque := Cheque{ID: form.ID("id"), Box: c.Path("box"), Method: c.Path("mode"), On: form.Day("on"), Drawer: form.Text("drawer", 80), Bank: form.Text("bank", 60), Number: form.Text("number", 20)}
	cheque.Amount, _ = form.Amount("amount")
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			if _, err := holding(c, tx); err != nil {
				return err
			}
			var err error
			if cheque.Party, err = party.Chosen(tx, party.Customer, "party", form.Get("party"), form.Get("party"+ui.SearchSuffix)); err != nil {
				return err
			}
			return Receive(tx, cheque, c.Today(), c.UserID)
		})
	}
	return r.answerCheques(c, err, "Chèque de "+locale.Euro(cheque.Amount)+" noté.")
}

func (r *Room) withdraw(c *web.Ctx) error {
	form := c.Form()
	key, cheque, reason := form.ID("id"), form.Get("cheque"), form.Text("reason", 200)
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			h, err := holding(c, tx)
			if err != nil {
				return err
			}
			for _, known := range h.Cheques {
				if known.ID == cheque {
					return Withdraw(tx, key, cheque, reason, c.UserID)
				}
			}
			return fault.New(fault.Conflict, "Ce chèque n’est plus en main\u00a0: il est remis, ou déjà retiré.")
		})
	}
	return r.answerCheques(c, err, "Le chèque est retiré de la liste.")
}

func (r *Room) answerCheques(c *web.Ctx, err error, done string) error {
	switch fault.KindOf(err) {
	case "":
		c.Flash(ui.OK, done)
		return c.See(c.URL("remises", "cheques", c.Path("box"), c.Path("mode")))
	case fault.Invalid, fault.Conflict:
		return r.showCheques(c, web.StatusOf(err), ui.Answers{Values: c.R.PostForm, Err: err})
	}
	return err
}
