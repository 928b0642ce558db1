package company

import (
	"errors"
	"net/http"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/chart"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

func (r *Room) accounts(c *web.Ctx) error { return r.showAccounts(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showAccounts(c *web.Ctx, status int, answers ui.Answers) error {
	page := AccountsPage{Frame: settingsFrame(c, "Plan comptable"), Action: c.URL("reglages", "comptes"), Err: answers.Err}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		plan, err := chart.Load(q)
		page.Groups = accountGroups(plan, answers)
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(status, accountsPage(page))
}

func (r *Room) changeAccounts(c *web.Ctx) error {
	form := c.Form()
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		plan, err := chart.Load(tx)
		if err != nil {
			return err
		}
		var changed []string
		for _, a := range plan.Accounts() {
			if !form.Has(codeField(a.Role)) {
				continue
			}
			code, label := strings.ToUpper(form.Text(codeField(a.Role), 12)), form.Text(labelField(a.Role), 120)
			if code == a.Code && label == a.Label || form.Err() != nil {
				continue
			}
			if err := chart.Set(tx, a.Role, code, label); !refused(err, form, a.Role) {
				return err
			}
			changed = append(changed, a.Role+" "+code)
		}
		if err := form.Err(); err != nil {
			return err
		}
		if len(changed) == 0 {
			return nil
		}
		return logChange(tx, c.UserID, "Plan comptable modifié\u00a0: "+strings.Join(changed, ", "), "chart")
	})
	return finish(c, err, form, "Le plan comptable est enregistré.", c.URL("reglages", "comptes"), r.showAccounts)
}

// refused notes what is wrong with a line on its own fields; it tells whether the other lines can go on.
func refused(err error, form *web.Form, role string) bool {
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		return err == nil
	}
	if message := f.Fields["code"]; message != "" {
		form.Refuse(codeField(role), message)
	}
	if message := f.Fields["label"]; message != "" {
		form.Refuse(labelField(role), message)
	}
	return len(f.Fields) > 0
}
