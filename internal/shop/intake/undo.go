package intake

import (
	"context"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/job"
	"encaisse/internal/base/locale"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/party"
)

// Undo asks to undo an import that came in.
func Undo(tx *db.Tx, importID, by string) error {
	i, err := Get(tx, importID)
	if err != nil || i.State == Undoing || i.State == Undone {
		return err
	}
	if i.State != Done {
		return fault.New(fault.Conflict, "Seul un import terminé s’annule.")
	}
	brought, err := items(tx, importID)
	if err != nil {
		return err
	}
	i.State, i.Total, i.Done, i.By = Undoing, len(brought), 0, by
	if err := save(tx, i); err != nil {
		return err
	}
	_, err = job.Add(tx, Job, i.ID)
	return err
}

// place is the box and the day of a sheet.
func (i Item) place() (box string, on day.Day) {
	box, text, _ := strings.Cut(i.Ref, "/")
	return box, day.Day(text)
}

// byDay puts items in the order of their days.
func byDay(list []Item) []Item {
	slices.SortStableFunc(list, func(a, b Item) int {
		boxA, onA := a.place()
		boxB, onB := b.place()
		return strings.Compare(string(onA)+boxA, string(onB)+boxB)
	})
	return list
}

func (w Worker) undo(ctx context.Context, company string, i Intake) error {
	if err := w.takeAll(ctx, company, i, false); err != nil {
		return err
	}
	return w.end(ctx, company, i, Undone, "")
}

// takeBack undoes what a run brought before it was refused or stopped. Days it closed stay, with the drafts: only a stop can come so late,
// and then it stops the closing alone.
func (w Worker) takeBack(ctx context.Context, company string, i Intake, state State, message string) error {
	if err := w.takeAll(ctx, company, i, true); err != nil {
		return err
	}
	return w.end(ctx, company, i, state, message)
}

// takeAll undoes the items of an import, the first day first: what each drawer would hold without the import then follows from the day before.
func (w Worker) takeAll(ctx context.Context, company string, i Intake, early bool) error {
	var list []Item
	err := w.DB.Read(ctx, company, func(q *db.Snapshot) (err error) {
		list, err = items(q, i.ID)
		return err
	})
	if err != nil {
		return err
	}
	byDay(list)
	for len(list) > 0 {
		size := part
		if list[0].Kind == itemSheet {
			size = 1
		}
		now := list[:min(size, len(list))]
		list = list[len(now):]
		err := w.DB.Write(ctx, company, func(tx *db.Tx) error { return takeSome(tx, i, now, early) })
		if err != nil {
			return err
		}
	}
	return nil
}

func takeSome(tx *db.Tx, i Intake, list []Item, early bool) error {
	for _, item := range list {
		if item.State != itemMade {
			continue
		}
		var err error
		switch item.Kind {
		case itemDraft:
			err = dropDraft(tx, &item)
		case itemSheet:
			err = correctAway(tx, i, &item)
		default:
			err = dropCard(tx, i, &item)
		}
		if err != nil {
			return err
		}
		if err := saveItem(tx, i.ID, item); err != nil {
			return err
		}
	}
	fresh, err := Get(tx, i.ID)
	if err != nil {
		return err
	}
	if early {
		fresh.Done = max(0, fresh.Done-len(list))
	} else {
		fresh.Done = min(fresh.Total, fresh.Done+len(list))
	}
	return save(tx, fresh)
}

func (i *Item) undone(note string) { i.State, i.Note = itemUndone, note }
func (i *Item) kept(why string)    { i.State, i.Note = itemKept, why }

// dropDraft forgets a draft nobody touched since.
func dropDraft(tx *db.Tx, item *Item) error {
	box, on := item.place()
	p, err := daysheet.Load(tx, box, on)
	switch {
	case err != nil:
		return err
	case p.Current() != nil:
		item.kept("Clôturée depuis")
	case p.Draft == nil:
		item.undone("Effacée depuis")
	case strconv.Itoa(p.Draft.Revision) != item.Mark:
		item.kept("Modifiée depuis")
	default:
		item.undone("Brouillon effacé")
		return daysheet.DropDraft(tx, box, on)
	}
	return nil
}

// correctAway corrects a day the import closed to nothing sold, nothing taken, and the drawer as it would be without it. What was sealed
// stays, and the correction says what happened.
func correctAway(tx *db.Tx, i Intake, item *Item) error {
	box, on := item.place()
	p, err := daysheet.Load(tx, box, on)
	if err != nil {
		return err
	}
	figures, same, err := untouched(p, item.Mark)
	switch {
	case err != nil:
		return err
	case !same:
		item.kept("Corrigée depuis")
		return nil
	case p.State == period.Locked:
		item.kept("Verrouillée")
		return nil
	}
	fields := map[string]string{}
	for category := range figures.Sales {
		fields[daysheet.FieldSale+category] = locale.Input(0)
	}
	for method := range figures.Taken {
		fields[daysheet.FieldTaken+method] = locale.Input(0)
	}
	for method := range figures.Counted {
		fields[daysheet.FieldCounted+method] = locale.Input(p.Posted[method])
	}
	request := daysheet.Request{Key: id.Derive(i.ID + "/undo/" + strconv.Itoa(item.Line)), Box: box, On: on, Fields: fields, By: i.By, Source: daysheet.ByFile, Reason: "Import annulé"}
	if err := daysheet.Check(daysheet.Compute(mustRead(fields, p.Setup), p.Setup), p.Setup, false); err != nil {
		item.kept(said(err))
		return nil
	}
	if _, err := daysheet.Correct(tx, request); err != nil {
		return err
	}
	item.undone("Corrigée à zéro")
	return nil
}

// untouched tells whether the figures of a day are still those it was closed with, by the version named. A version that only followed an
// earlier day has the same figures.
func untouched(p daysheet.Page, version string) (figures daysheet.Figures, same bool, err error) {
	if len(p.Versions) == 0 || p.Versions[0].ID != version {
		return figures, false, nil
	}
	if figures, err = p.Versions[0].Figures(); err != nil {
		return figures, false, err
	}
	now, err := p.Current().Figures()
	return figures, reflect.DeepEqual(figures, now), err
}

// mustRead reads fields we wrote ourselves: they read.
func mustRead(fields map[string]string, s daysheet.Setup) daysheet.Figures {
	figures, _ := daysheet.Read(fields, s)
	return figures
}

// dropCard erases a card nobody changed or used since.
func dropCard(tx *db.Tx, i Intake, item *Item) error {
	card, err := party.Get(tx, item.Ref)
	switch {
	case err != nil:
		return err
	case card.Erased():
		item.undone("Effacée depuis")
		return nil
	case markOf(card) != item.Mark:
		item.kept("Modifiée depuis")
		return nil
	}
	if err := party.Erase(tx, i.By, card.ID); err != nil {
		if f := refusal(err); f != nil {
			item.kept(f.Message)
			return nil
		}
		return err
	}
	item.undone("Fiche effacée")
	return nil
}
