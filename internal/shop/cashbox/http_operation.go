package cashbox

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/chart"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// operation shows the form of a movement. Its address carries the key of the act, so that a reload or a step back states the same
// movement: one already recorded says so instead of counting twice. Parameters: type, jour, mode, retour.
func (r *Room) operation(c *web.Ctx) error {
	key := c.Query("cle")
	if !id.Valid(key) {
		query := c.R.URL.Query()
		query.Set("cle", id.New())
		return c.See(c.URL("caisses", c.Path("box"), "operation") + "?" + query.Encode())
	}
	var known bool
	var b Box
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if b, err = ByID(q, c.Path("box")); err == nil {
			known, err = isRecorded(q, key)
		}
		return err
	})
	if err != nil {
		return err
	}
	if known {
		c.Flash(ui.Info, "Cette opération est déjà enregistrée.")
		return c.See(c.ReturnPath(boxURL(c, b)))
	}
	m := Movement{ID: key, Kind: Kind(c.Query("type")), Method: c.Query("mode"), On: c.Today()}
	if on, err := day.Parse(c.Query("jour")); err == nil && on < m.On {
		m.On = on
	}
	return r.showOperation(c, http.StatusOK, m, ui.Answers{})
}

func isRecorded(q db.Querier, key string) (bool, error) {
	_, err := MovementByID(q, key)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// showOperation answers with the form, filled with what was typed.
func (r *Room) showOperation(c *web.Ctx, status int, m Movement, answers ui.Answers) error {
	var choices operationChoices
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		choices, err = loadChoices(c, q)
		if err == nil {
			choices.suppliers, err = party.LoadChoice(c, q, party.Supplier, answers.Values.Get("party"+ui.SearchSuffix), m.Party)
		}
		return err
	})
	if err != nil {
		return err
	}
	back := boxURL(c, choices.box)
	page := OperationPage{Frame: c.Frame("Nouvelle opération"), Key: m.ID, Action: c.URL("caisses", choices.box.ID, "operation"),
		Back: c.ReturnPath(back), Err: answers.Err, Kinds: choices.kinds}
	page.Frame.Subtitle = choices.box.Name
	page.Frame.Back = ui.Link{Label: "Retour", URL: page.Back}
	page.Frame.Scripts = []string{"operation"}
	if len(choices.kinds) == 0 {
		return fault.New(fault.Forbidden, "Cette caisse ne vous permet d’enregistrer aucune opération. Demandez à qui règle la société.")
	}
	if m.Kind == "" || !choices.has(m.Kind) {
		m.Kind = choices.kinds[0]
	}
	page.Form = answers.FillAll(choices.fields(m, c.Today(), c.Can(right.EntryBackdate)))
	page.Franchise = choices.settings.VATRegime == company.Franchise
	return c.Render(status, operationPage(page))
}

// record posts the movement of the form.
func (r *Room) record(c *web.Ctx) error {
	form := c.Form()
	m := Movement{ID: form.ID("id"), Box: c.Path("box"), Method: form.Get("method"), Kind: Kind(form.Get("kind")), On: form.Day("on"),
		Party: form.Get("party"), Role: form.Get("role"), Memo: form.Text("memo", 200), Item: form.Get("item")}
	if m.Kind == Income {
		m.Role = form.Get("role_in")
	}
	m.Amount, _ = form.Amount("amount")
	if rate, err := strconv.Atoi(form.Get("rate")); err == nil {
		m.Rate = vat.Rate(rate)
	}
	m.ToBox, m.ToMethod = splitTarget(form.Get("to"))
	var b Box
	file, err := c.Upload("file", MaxAttachment)
	if err == nil {
		err = mergeFaults(form.Err(), m.normalise().check())
	}
	if err == nil {
		receipt := Receipt{}
		if file != nil {
			receipt = Receipt{Name: file.Name, Content: file.Body}
		}
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) (err error) {
			if b, err = ByID(tx, m.Box); err != nil {
				return err
			}
			if m.Kind == Expense || m.Kind == Income {
				if m.Party, err = party.Chosen(tx, party.Supplier, "party", form.Get("party"), form.Get("party"+ui.SearchSuffix)); err != nil {
					return err
				}
			}
			return r.write(c, tx, m.normalise(), receipt)
		})
	}
	if again(err) {
		if file != nil {
			err = chooseAgain(err, file.Name)
		}
		return r.showOperation(c, web.StatusOf(err), m, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, m.Kind.said(m.Amount)+" "+m.Kind.done("enregistré")+".")
	back := c.ReturnPath(boxURL(c, b))
	if form.Get("suite") != "" {
		next := url.Values{"type": {string(m.Kind)}, "jour": {string(m.On)}, "mode": {m.Method}, "retour": {back}}
		return c.See(c.URL("caisses", m.Box, "operation") + "?" + next.Encode())
	}
	return c.See(back)
}

// write checks what the person may do and records. A movement sent again was already checked, and its sheets followed.
func (r *Room) write(c *web.Ctx, tx *db.Tx, m Movement, receipt Receipt) error {
	known, err := isRecorded(tx, m.ID)
	if err != nil {
		return err
	}
	if err := mayRecord(c, tx, m); err != nil {
		return err
	}
	if !known {
		if err := mayMove(c, tx, m.On, m.Moves()); err != nil {
			return err
		}
	}
	if err := RecordWith(tx, m, receipt, c.Today(), c.UserID); err != nil || known {
		return err
	}
	moves, err := Effect(tx, m)
	if err != nil {
		return err
	}
	return r.follow(tx, m.On, moves, c.UserID, m.Kind.said(m.Amount)+" "+m.Kind.done("enregistré")+" après la clôture")
}

// mayRecord refuses a movement the boxes do not allow the person.
func mayRecord(c *web.Ctx, q db.Querier, m Movement) error {
	b, err := ByID(q, m.Box)
	if err != nil {
		return err
	}
	person := reach{c, q}
	allowed, err := person.of(b)
	switch {
	case err != nil:
		return err
	case len(allowed) == 0:
		return fault.New(fault.NotFound, "Cette caisse n’existe pas.")
	case !slices.Contains(Kinds(), m.Kind):
		return refuse("kind", "Choisissez le type d’opération.")
	}
	if err := person.need(b, m.Kind.action()); err != nil || m.Kind != Transfer || m.ToBox == m.Box {
		return err
	}
	to, err := ByID(q, m.ToBox)
	if err == nil {
		if may, failed := person.may(to, ActReceive); failed != nil {
			return failed
		} else if may {
			return nil
		}
	}
	return refuse("to", "Choisissez une caisse de la liste.")
}

// boxURL is where one goes after an operation of a box: the operations of a till, the statement of another box, or the boxes where one may
// not see balances.
func boxURL(c *web.Ctx, b Box) string {
	switch {
	case b.IsTill():
		return c.URL("caisses", b.ID, "operations")
	case c.Can(right.BalanceView):
		return c.URL("caisses", b.ID)
	}
	return c.URL("caisses")
}

// again tells whether a fault is one the form can mend.
func again(err error) bool {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict, fault.Mismatch, fault.Locked:
		return true
	}
	return false
}

// mergeFaults puts together what the form could not read and what the movement may not be. What could not be read comes first.
func mergeFaults(read, rule error) error {
	f, both := asFault(read)
	g, other := asFault(rule)
	if !both || !other {
		if read != nil {
			return read
		}
		return rule
	}
	merged := fault.New(fault.Invalid, f.Message)
	for _, from := range []*fault.Fault{g, f} {
		for name, message := range from.Fields {
			merged.Field(name, message)
		}
	}
	return merged
}

// chooseAgain says that a browser never gives back a file with the form.
func chooseAgain(err error, name string) error {
	f, ok := asFault(err)
	if !ok || f.Fields["file"] != "" {
		return err
	}
	said := *f
	said.Fields = map[string]string{"file": "Choisissez de nouveau «\u00a0" + name + "\u00a0»\u00a0: un fichier n’est pas gardé quand la page revient."}
	for field, message := range f.Fields {
		said.Fields[field] = message
	}
	return &said
}

// operationChoices is what the form of a movement proposes.
type operationChoices struct {
	box        Box
	boxes      []Box           // those money can go to, this one first
	methods    []tender.Method // of the box
	allMethods []tender.Method
	suppliers  party.Choice
	natures    []chart.Account // of an expense
	incomes    []chart.Account
	items      []Item
	rates      []vat.Named
	settings   company.Settings
	kinds      []Kind
}

func loadChoices(c *web.Ctx, q db.Querier) (o operationChoices, err error) {
	person := reach{c, q}
	if o.box, err = ByID(q, c.Path("box")); err != nil {
		return o, err
	}
	if allowed, err := person.of(o.box); err != nil || len(allowed) == 0 {
		return o, firstOf(err, fault.New(fault.NotFound, "Cette caisse n’existe pas."))
	}
	if o.boxes, err = person.targets(o.box); err != nil {
		return o, err
	}
	if o.methods, err = heldMethods(q, o.box); err != nil {
		return o, err
	}
	if o.allMethods, err = tender.List(q); err != nil {
		return o, err
	}
	plan, err := chart.Load(q)
	if err != nil {
		return o, err
	}
	o.natures, o.incomes = plan.Expenses(), plan.Incomes()
	if o.items, err = Items(q); err != nil {
		return o, err
	}
	if o.rates, err = ratesOf(q, o.box, c.Today()); err != nil {
		return o, err
	}
	if o.settings, err = company.Load(q); err != nil {
		return o, err
	}
	allowed, err := person.records(o.box)
	o.kinds = o.offered(allowed)
	return o, err
}

// targets are the boxes money of a box can be transferred to, itself first.
func (r reach) targets(from Box) ([]Box, error) {
	all, err := Everything(r.q)
	if err != nil {
		return nil, err
	}
	list := []Box{from}
	for _, b := range all {
		if b.ID == from.ID || !b.Active || b.Virtual != from.Virtual {
			continue
		}
		if may, err := r.may(b, ActReceive); err != nil {
			return nil, err
		} else if may {
			list = append(list, b)
		}
	}
	return list, nil
}

// ratesOf are the rates of VAT an expense of a box can bear: those where it stands, or all those of the company.
func ratesOf(q db.Querier, b Box, on day.Day) ([]vat.Named, error) {
	if b.Location == "" {
		return company.Rates(q, on)
	}
	location, err := company.LocationByID(q, b.Location)
	return vat.Rates(location.Zone.VAT(), on), err
}

// offered are the kinds the company uses; a transfer between boxes needs another box.
func (o operationChoices) offered(allowed []Kind) []Kind {
	return slices.DeleteFunc(slices.Clone(allowed), func(k Kind) bool {
		return k == Expense && !o.settings.Expenses && o.box.IsTill() || k == Transfer && !o.settings.Transfers && len(o.boxes) == 1
	})
}
