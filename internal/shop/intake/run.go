package intake

import (
	"context"
	"errors"
	"log/slog"
	"strconv"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/job"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/sheet"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/party"
)

// Job is the kind of the jobs that bring an import in, or undo it.
const Job = "intake"

// part is how many things are written in one transaction: few enough that others wait a moment only.
const part = 50

// Worker brings imports in and undoes them, outside of any request.
type Worker struct {
	DB  *db.DB
	Log *slog.Logger
}

// Start begins an import: the matching is remembered for the next file of the same titles, and a job does the rest. A file with faults is
// refused whole.
func Start(tx *db.Tx, importID, by string, r Registers) error {
	i, err := Get(tx, importID)
	if err != nil || i.Busy() && i.By == by {
		return err // pressed twice
	}
	if i.State != Matching {
		return fault.New(fault.Conflict, "Cet import est déjà lancé.")
	}
	plan, err := planned(tx, i, r)
	if err != nil {
		return err
	}
	if len(plan.Faults) > 0 {
		return fault.New(fault.Invalid, "Le fichier a encore des lignes à corriger\u00a0: rien n’est importé.")
	}
	if plan.Brings() == 0 {
		return fault.New(fault.Invalid, "Il n’y a rien à importer dans ce fichier.")
	}
	i.State, i.Total, i.Done, i.By = Running, plan.Brings(), 0, by
	if i.Mapping.Close {
		i.Total *= 2
	}
	if err := remember(tx, i); err != nil {
		return err
	}
	if err := save(tx, i); err != nil {
		return err
	}
	_, err = job.Add(tx, Job, i.ID)
	return err
}

// planned reads the file of an import and makes its plan.
func planned(q db.Querier, i Intake, r Registers) (Plan, error) {
	body, err := bodyOf(q, i.ID)
	if err != nil {
		return Plan{}, err
	}
	rows, err := sheet.Read(body)
	if err != nil {
		return Plan{}, err
	}
	return planOf(q, i, rows, r)
}

// Stop asks a running import to stop; what it brought is taken back.
func Stop(tx *db.Tx, importID string) error {
	i, err := Get(tx, importID)
	if err != nil || i.State != Running {
		return err
	}
	i.State = Stopping
	return save(tx, i)
}

// Work is the handler of the jobs of kind Job. It may be cut anywhere and run again: each part says what it brought.
func (w Worker) Work(ctx context.Context, j job.Job) error {
	var i Intake
	err := w.DB.Read(ctx, j.Company, func(q *db.Snapshot) (err error) {
		i, err = Get(q, j.Payload)
		return err
	})
	switch {
	case fault.Is(err, fault.NotFound):
		return job.Final(err)
	case err != nil:
		return err
	case i.State == Undoing:
		return w.undo(ctx, j.Company, i)
	case i.State == Running || i.State == Stopping:
		return w.bring(ctx, j.Company, i)
	}
	return nil
}

// errStopped tells that somebody asked to stop.
var errStopped = errors.New("intake: stopped")

// errCut tells that an earlier run ended before its end.
func errCut() error {
	return fault.New(fault.Conflict, "Le programme s’est arrêté pendant l’import. Rien n’est entré : choisissez le fichier de nouveau.")
}

// refusal is the fault of an error, nil for a defect or a store that fails.
func refusal(err error) *fault.Fault {
	switch f, is := errors.AsType[*fault.Fault](err); {
	case !is, f.Kind == fault.Internal, f.Kind == fault.Unavailable, f.Kind == fault.StorageFull:
		return nil
	default:
		return f
	}
}

// bring writes everything, part by part. A part refused takes the earlier ones back.
func (w Worker) bring(ctx context.Context, company string, i Intake) error {
	var plan Plan
	var made []Item
	err := w.DB.Read(ctx, company, func(q *db.Snapshot) error {
		everything := func(string) bool { return true }
		r, err := LoadRegisters(q, everything)
		if err != nil {
			return err
		}
		if made, err = items(q, i.ID); err != nil || len(made) > 0 {
			return err // cut before: what stands would be in its own way in a new plan
		}
		plan, err = planned(q, i, r)
		return err
	})
	if err == nil && len(made) > 0 && len(made) < i.brings() {
		err = errCut() // a part of it stands: all or nothing
	}
	if err == nil && len(plan.Faults) > 0 {
		err = fault.Newf(fault.Conflict, "Ligne %d\u00a0: %s", plan.Faults[0].Line, plan.Faults[0].Text)
	}
	if err == nil && len(made) == 0 {
		err = w.parts(ctx, company, &i, plan)
	}
	message := ""
	if err == nil && i.Mapping.Close {
		message, err = w.closeDays(ctx, company, i)
	}
	switch {
	case err == nil:
		return w.end(ctx, company, i, Done, message)
	case errors.Is(err, errStopped):
		return w.takeBack(ctx, company, i, Cancelled, "")
	case refusal(err) == nil:
		return err // tried again later
	}
	return w.takeBack(ctx, company, i, Failed, said(err))
}

// brings is how many things an import brings in: with the closing, each counts twice.
func (i Intake) brings() int {
	if i.Mapping.Close {
		return i.Total / 2
	}
	return i.Total
}

// parts writes the things of a plan.
func (w Worker) parts(ctx context.Context, company string, i *Intake, plan Plan) error {
	var todo []Entry
	for _, e := range plan.Entries {
		if !e.Skip {
			todo = append(todo, e)
		}
	}
	for len(todo) > 0 {
		now := todo[:min(part, len(todo))]
		todo = todo[len(now):]
		err := w.DB.Write(ctx, company, func(tx *db.Tx) error {
			fresh, err := Get(tx, i.ID)
			if err != nil {
				return err
			}
			if fresh.State == Stopping {
				return errStopped
			}
			brought := make([]Item, len(now))
			for n, e := range now {
				if brought[n], err = bringOne(tx, fresh, e); err != nil {
					return onLine(err, e)
				}
			}
			if err := insertItems(tx, i.ID, brought); err != nil {
				return err
			}
			fresh.Done += len(now)
			*i = fresh
			return save(tx, fresh)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// onLine names the line a refusal is about.
func onLine(err error, e Entry) error {
	if f := refusal(err); f != nil {
		return fault.Wrap(f.Kind, "Ligne "+strconv.Itoa(e.Line)+", "+e.Label+"\u00a0: "+said(err), err)
	}
	return err
}

// bringOne writes a draft or a card.
func bringOne(tx *db.Tx, i Intake, e Entry) (Item, error) {
	if i.Kind == Days {
		d, err := daysheet.SaveDraft(tx, e.day.box, e.day.on, daysheet.WithSource(e.day.fields, daysheet.ByFile), 0, i.By)
		return Item{Line: e.Line, Kind: itemDraft, Ref: e.day.box + "/" + string(e.day.on), Mark: strconv.Itoa(d.Revision), State: itemMade}, err
	}
	e.card.ID = id.Derive(i.ID + "/" + strconv.Itoa(e.Line))
	if _, err := party.Add(tx, e.card); err != nil {
		return Item{}, err
	}
	kept, err := party.Get(tx, e.card.ID)
	return Item{Line: e.Line, Kind: itemParty, Ref: kept.ID, Mark: markOf(kept), State: itemMade}, err
}

// closeDays closes the days that came in, each in its turn. One that may not be closed stays a draft, and says why. The message tells that
// somebody stopped it.
func (w Worker) closeDays(ctx context.Context, company string, i Intake) (message string, err error) {
	var list []Item
	err = w.DB.Read(ctx, company, func(q *db.Snapshot) (err error) {
		list, err = items(q, i.ID)
		return err
	})
	if err != nil {
		return "", err
	}
	for _, item := range byDay(list) {
		if item.Kind != itemDraft || item.Note != "" {
			continue
		}
		stopped := false
		err := w.DB.Write(ctx, company, func(tx *db.Tx) error {
			fresh, err := Get(tx, i.ID)
			if err != nil {
				return err
			}
			if stopped = fresh.State == Stopping; stopped {
				return nil
			}
			after := item
			if err := closeOne(tx, i, &after); err != nil {
				return err
			}
			fresh.Done++
			if err := save(tx, fresh); err != nil {
				return err
			}
			return saveItem(tx, i.ID, after)
		})
		if f := refusal(err); f != nil {
			item.Note = said(f)
			err = w.DB.Write(ctx, company, func(tx *db.Tx) error { return saveItem(tx, i.ID, item) })
		}
		if err != nil {
			return "", err
		}
		if stopped {
			return "La clôture a été arrêtée : les journées qui restent sont des brouillons.", nil
		}
	}
	return "", nil
}

// closeOne closes the day of a draft that came in.
func closeOne(tx *db.Tx, i Intake, item *Item) error {
	box, on := item.place()
	p, err := daysheet.Load(tx, box, on)
	if err != nil || p.Draft == nil || strconv.Itoa(p.Draft.Revision) != item.Mark {
		return err // somebody works on it: it is theirs
	}
	fields := daysheet.WithSource(p.Draft.Fields, daysheet.ByFile)
	if i.Mapping.Expected {
		figures, err := daysheet.Read(fields, p.Setup)
		if err != nil {
			return err
		}
		if cash := daysheet.Compute(figures, p.Setup).Cash(); cash != nil && !cash.IsCounted {
			fields[daysheet.FieldCounted+cash.Method.ID] = locale.Input(max(money.Amount(0), cash.Expected))
		}
	}
	key := id.Derive(i.ID + "/" + strconv.Itoa(item.Line))
	if _, err := daysheet.Close(tx, daysheet.Request{Key: key, Box: box, On: on, Fields: fields, By: i.By, Source: daysheet.ByFile}); err != nil {
		return err
	}
	item.Kind, item.Mark = itemSheet, key
	return nil
}

// end notes how an import ended, and forgets its file.
func (w Worker) end(ctx context.Context, company string, i Intake, state State, message string) error {
	return w.DB.Write(ctx, company, func(tx *db.Tx) error {
		fresh, err := Get(tx, i.ID)
		if err != nil {
			return err
		}
		fresh.State, fresh.Message, fresh.EndedAt = state, message, tx.Now()
		if state == Done {
			fresh.Done = fresh.Total
		}
		if err := save(tx, fresh); err != nil {
			return err
		}
		return dropFile(tx, i.ID)
	})
}
