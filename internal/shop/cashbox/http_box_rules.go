package cashbox

import (
	"net/http"
	"slices"
	"strconv"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// keptBox finds the box of a settings address, which must not be deleted.
func keptBox(c *web.Ctx, q db.Querier) (Box, error) {
	b, err := ByID(q, c.Path("caisse"))
	if err == nil && b.Deleted {
		err = fault.New(fault.NotFound, "Cette caisse est supprimée. Restaurez-la depuis la liste des caisses.")
	}
	return b, err
}

func rulesFrame(c *web.Ctx, title string, b Box) ui.Frame {
	frame := c.Frame(title)
	frame.Subtitle = b.Name
	frame.Back = ui.Link{Label: "Retour à la caisse", URL: c.URL("reglages", "caisses", b.ID)}
	return frame
}

func (r *Room) fees(c *web.Ctx) error { return r.showFees(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showFees(c *web.Ctx, status int, answers ui.Answers) error {
	var page FeesPage
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		b, err := keptBox(c, q)
		if err != nil {
			return err
		}
		conditions, err := Fees(q, b.ID)
		page = FeesPage{Frame: rulesFrame(c, "Frais sur les opérations", b), Action: c.URL("reglages", "caisses", b.ID, "frais"), Form: answers.FillAll(feeFields(conditions)), Err: answers.Err}
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(status, feesPage(page))
}

// saveFees reads up to four lines: on what, how much, percent or euros. A line without a value is no condition.
func (r *Room) saveFees(c *web.Ctx) error {
	form := c.Form()
	var list []Condition
	for n := 1; n <= MostConditions; n++ {
		field := strconv.Itoa(n)
		value, given := form.Amount("value" + field)
		if !given {
			continue
		}
		condition := Condition{Side: Side(form.Choice("side"+field, string(In), string(Out), string(Both)))}
		if form.Choice("unit"+field, "percent", "fixed") == "fixed" {
			condition.Fixed = value
		} else {
			condition.Rate = int64(value)
		}
		if value <= 0 || condition.Rate > 10_000 || condition.Fixed > cashLimit {
			form.Refuse("value"+field, "Saisissez un pourcentage de 0,01 à 100, ou un montant jusqu’à "+locale.Euro(cashLimit)+".")
		}
		list = append(list, condition)
	}
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			b, err := keptBox(c, tx)
			if err != nil {
				return err
			}
			return SetFees(tx, c.UserID, b.ID, list)
		})
	}
	if again(err) {
		return r.showFees(c, web.StatusOf(err), ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Les frais de la caisse sont enregistrés. Ils s’appliquent aux prochaines opérations.")
	return c.See(c.URL("reglages", "caisses", c.Path("caisse")))
}

func (r *Room) access(c *web.Ctx) error {
	var page AccessPage
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		b, err := keptBox(c, q)
		if err != nil {
			return err
		}
		page = AccessPage{Frame: rulesFrame(c, "Qui peut faire quoi", b), Action: c.URL("reglages", "caisses", b.ID, "acces"), Box: b}
		if page.Access, err = AccessOf(q, b.ID); err != nil {
			return err
		}
		page.People, err = r.hooks.Names(q)
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(http.StatusOK, accessPage(page))
}

// saveAccess reads what everybody may do, and what those ruled apart may.
func (r *Room) saveAccess(c *web.Ctx) error {
	form := c.Form()
	read := func(who string) Actions {
		list := Actions{}
		for _, a := range AllActions() {
			if form.Checked(actionField(who, a)) {
				list = append(list, a)
			}
		}
		return list
	}
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		b, err := keptBox(c, tx)
		if err != nil {
			return err
		}
		people, err := r.hooks.Names(tx)
		if err != nil {
			return err
		}
		a := Access{General: read(""), Own: map[string]Actions{}}
		for user := range people {
			if form.Checked(apartField(user)) {
				a.Own[user] = read(user)
			}
		}
		return SetAccess(tx, c.UserID, b.ID, a)
	})
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Les accès à la caisse sont enregistrés.")
	return c.See(c.URL("reglages", "caisses", c.Path("caisse")))
}

func (r *Room) items(c *web.Ctx) error { return r.showItems(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showItems(c *web.Ctx, status int, answers ui.Answers) error {
	page := ItemsPage{Frame: c.Frame("Rubriques"), Base: c.URL("reglages", "rubriques"), Err: answers.Err}
	page.Frame.Back = ui.Link{Label: "Retour aux caisses", URL: c.URL("reglages", "caisses")}
	page.Form = answers.FillAll(ui.Fields{{Name: "name", Label: "Nouvelle rubrique", Max: 60, Placeholder: "Publicité, assurance…"}})
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		page.Items, err = Items(q)
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(status, itemsPage(page))
}

func (r *Room) addItem(c *web.Ctx) error {
	form := c.Form()
	name := form.Text("name", 60)
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			_, err := SaveItem(tx, c.UserID, Item{Name: name})
			return err
		})
	}
	if again(err) {
		return r.showItems(c, web.StatusOf(err), ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "La rubrique «\u00a0"+name+"\u00a0» est ajoutée.")
	return c.See(c.URL("reglages", "rubriques"))
}

// turnItem takes an item of the company out of the choices, or puts it back.
func (r *Room) turnItem(c *web.Ctx) error {
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		all, err := Items(tx)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(i Item) bool { return i.ID == c.Path("rubrique") })
		if at < 0 {
			return fault.New(fault.NotFound, "Cette rubrique n’existe pas.")
		}
		item := all[at]
		item.Active = !item.Active
		_, err = SaveItem(tx, c.UserID, item)
		return err
	})
	if err != nil {
		return err
	}
	return c.See(c.URL("reglages", "rubriques"))
}
