package cashbox

import (
	"embed"
	"io/fs"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/books/period"
	"encaisse/internal/web"
)

//go:embed js/*.js
var scripts embed.FS

// Scripts are the script modules of the room’s pages.
func Scripts() fs.FS {
	files, err := fs.Sub(scripts, "js")
	if err != nil {
		panic(err) // embedded: cannot miss
	}
	return files
}

// Hooks is what the room asks of others without knowing them. A hook left out does nothing.
type Hooks struct {
	// AfterMovement makes the sheets closed on a day or later follow what moved in a box on it.
	AfterMovement func(tx *db.Tx, box string, on day.Day, moves map[string]money.Amount, by, why string) error
	// Names gives the names of the people of the company, by id.
	Names func(q db.Querier) (map[string]string, error)
	// Software is the name and version of the program, as printed on documents: Encaisse 1.0.0.
	Software string
}

// Room answers the pages of the cash boxes: their movements, their settings, their opening balances.
type Room struct {
	db    *db.DB
	hooks Hooks
}

// Whole is the hooks with those left out doing nothing.
func (h Hooks) Whole() Hooks {
	if h.AfterMovement == nil {
		h.AfterMovement = func(*db.Tx, string, day.Day, map[string]money.Amount, string, string) error { return nil }
	}
	if h.Names == nil {
		h.Names = func(db.Querier) (map[string]string, error) { return nil, nil }
	}
	return h
}

// New opens the room.
func New(d *db.DB, hooks Hooks) *Room { return &Room{db: d, hooks: hooks.Whole()} }

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const (
		boxes    = "/d/{slug}/caisses"
		box      = boxes + "/{box}"
		settings = "/d/{slug}/reglages/caisses"
		items    = "/d/{slug}/reglages/rubriques"
		opening  = "/d/{slug}/reglages/soldes"
	)
	return []web.Route{
		{Method: "GET", Path: boxes, Right: right.DaysheetView, Do: r.board},
		{Method: "POST", Path: boxes + "/ordre", Right: right.DaysheetView, Do: r.arrange},
		{Method: "GET", Path: box, Right: right.BalanceView, Do: r.statement},
		{Method: "GET", Path: box + "/releve/{format}", Right: right.ReportExport, Do: r.report},
		{Method: "GET", Path: box + "/operation", Right: right.MovementRecord, Do: r.operation},
		{Method: "POST", Path: box + "/operation", Right: right.MovementRecord, Do: r.record, Upload: true},
		{Method: "GET", Path: box + "/operations", Right: right.DaysheetView, Do: r.list},
		{Method: "GET", Path: box + "/operations/export", Right: right.ReportExport, Do: r.export},
		{Method: "GET", Path: box + "/operations/{id}/annuler", Right: right.MovementReverse, Do: r.askReverse},
		{Method: "POST", Path: box + "/operations/{id}/annuler", Right: right.MovementReverse, Do: r.reverse},
		{Method: "GET", Path: box + "/operations/{id}", Right: right.BalanceView, Do: r.movement},
		{Method: "POST", Path: box + "/operations/{id}/restaurer", Right: right.MovementReverse, Do: r.giveBack},
		{Method: "GET", Path: box + "/operations/{id}/pieces/{piece}", Right: right.ReportExport, Do: r.proof},
		{Method: "GET", Path: box + "/coffre", Right: right.MovementRecord, Do: r.safe},
		{Method: "POST", Path: box + "/coffre", Right: right.MovementRecord, Do: r.moveSafe},
		{Method: "GET", Path: box + "/justificatifs/{id}", Right: right.DaysheetView, Do: r.receipt},

		{Method: "GET", Path: settings, Right: right.SettingsEdit, Do: r.boxes},
		{Method: "POST", Path: settings + "/ordre", Right: right.SettingsEdit, Do: r.order},
		{Method: "GET", Path: settings + "/nouvelle", Right: right.SettingsEdit, Do: r.newBox},
		{Method: "POST", Path: settings + "/nouvelle", Right: right.SettingsEdit, Do: r.saveBox},
		{Method: "GET", Path: settings + "/{caisse}", Right: right.SettingsEdit, Do: r.editBox},
		{Method: "POST", Path: settings + "/{caisse}", Right: right.SettingsEdit, Do: r.saveBox},
		{Method: "POST", Path: settings + "/{caisse}/retirer", Right: right.SettingsEdit, Do: r.retire},
		{Method: "POST", Path: settings + "/{caisse}/remettre", Right: right.SettingsEdit, Do: r.restore},
		{Method: "POST", Path: settings + "/{caisse}/supprimer", Right: right.SettingsEdit, Do: r.remove},
		{Method: "POST", Path: settings + "/{caisse}/restaurer", Right: right.SettingsEdit, Do: r.undelete},
		{Method: "GET", Path: settings + "/{caisse}/frais", Right: right.SettingsEdit, Do: r.fees},
		{Method: "POST", Path: settings + "/{caisse}/frais", Right: right.SettingsEdit, Do: r.saveFees},
		{Method: "GET", Path: settings + "/{caisse}/acces", Right: right.SettingsEdit, Do: r.access},
		{Method: "POST", Path: settings + "/{caisse}/acces", Right: right.SettingsEdit, Do: r.saveAccess},
		{Method: "GET", Path: items, Right: right.SettingsEdit, Do: r.items},
		{Method: "POST", Path: items, Right: right.SettingsEdit, Do: r.addItem},
		{Method: "POST", Path: items + "/{rubrique}", Right: right.SettingsEdit, Do: r.turnItem},

		{Method: "GET", Path: opening, Right: right.SettingsEdit, Do: r.opening},
		{Method: "POST", Path: opening, Right: right.SettingsEdit, Do: r.saveOpening},
	}
}

// seen finds the box of the address among those the person may see.
func seen(c *web.Ctx, q db.Querier) (Box, error) {
	b, err := ByID(q, c.Path("box"))
	if err != nil {
		return b, err
	}
	may, err := reach{c, q}.may(b, ActView)
	if err == nil && !may {
		err = fault.New(fault.NotFound, "Cette caisse n’existe pas.")
	}
	return b, err
}

// mayMove refuses who may not write on an earlier day, nor make closed sheets follow.
func mayMove(c *web.Ctx, q db.Querier, on day.Day, moves Moves) error {
	if on < c.Today() && !c.Can(right.EntryBackdate) {
		return refuse("on", "Votre rôle ne permet pas d’enregistrer à une date passée. Choisissez aujourd’hui, ou demandez à un responsable.")
	}
	return mayFollow(c, q, on, moves)
}

// mayFollow refuses who may not correct the sheets closed on a day or later, which would have to follow.
func mayFollow(c *web.Ctx, q db.Querier, on day.Day, moves Moves) error {
	if c.Can(right.DaysheetCorrect) {
		return nil
	}
	for box := range moves {
		closed, err := period.States(q, box, on, c.Today())
		if err != nil {
			return err
		}
		if len(closed) > 0 {
			return refuse("on", "Une journée est déjà clôturée à cette date ou après\u00a0: elle serait à corriger, ce que votre rôle ne permet pas. Demandez à un responsable.")
		}
	}
	return nil
}

// follow makes the closed sheets follow what an act moved.
func (r *Room) follow(tx *db.Tx, on day.Day, moves Moves, by, why string) error {
	for _, box := range sortedKeys(moves) {
		if b, err := ByID(tx, box); err != nil || !b.IsTill() {
			if err != nil {
				return err
			}
			continue
		}
		if err := r.hooks.AfterMovement(tx, box, on, moves[box], by, why); err != nil {
			return err
		}
	}
	return nil
}
