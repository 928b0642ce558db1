package daysheet

import (
	"context"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/books/period"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
)

// maxLookBack bounds how far back missing days are looked for when nothing is locked yet, in days.
const maxLookBack = 92

// Lock locks a box up to a closed day, included. Every open day before must be closed first: days lock in order.
func Lock(tx *db.Tx, box string, on day.Day, by string) error {
	state, err := period.StateOf(tx, box, on)
	if err != nil || state == period.Locked {
		return err
	}
	if state == period.Open {
		return fault.New(fault.Invalid, "Une journée se clôture avant d’être verrouillée.")
	}
	missing, err := firstMissing(tx, box, on)
	if err != nil {
		return err
	}
	if missing != "" {
		return fault.Newf(fault.Invalid, "Les journées se verrouillent dans l’ordre\u00a0: saisissez d’abord celle du %s, ou indiquez qu’elle était fermée.", locale.Date(missing))
	}
	return lockUntil(tx, box, on, by)
}

func lockUntil(tx *db.Tx, box string, on day.Day, by string) error {
	before, err := period.Horizon(tx, box)
	if err != nil {
		return err
	}
	n, err := period.LockUntil(tx, box, on, by)
	if err != nil || n == 0 {
		return err
	}
	if err := refresh(tx, max(before, on.Add(-maxLookBack)), on); err != nil {
		return err
	}
	return seal.LogEvent(tx, seal.Event{Code: 50, Label: "Verrouillage jusqu’au " + locale.Date(on), By: by, Source: "cashbox:" + box})
}

// firstMissing is the first day up to last that should have a sheet and has none, "" when all have.
func firstMissing(q db.Querier, box string, last day.Day) (day.Day, error) {
	b, err := cashbox.Get(q, box)
	if err != nil {
		return "", err
	}
	missing, err := missingDays(q, b, last)
	if err != nil || len(missing) == 0 {
		return "", err
	}
	return missing[0], nil
}

// AutoLock locks, in a company that chose so, every closed day older than its delay that has no missing day before it. It is
// the program’s own act: by names it in the journals.
func AutoLock(ctx context.Context, d *db.DB, companyID, by string) error {
	return d.Write(ctx, companyID, func(tx *db.Tx) error {
		settings, err := company.Load(tx)
		if err != nil || settings.LockDays == 0 {
			return err
		}
		boxes, err := cashbox.List(tx)
		if err != nil {
			return err
		}
		for _, b := range boxes {
			last := settings.Today(tx.Now()).Add(-settings.LockDays)
			missing, err := missingDays(tx, b, last)
			if err != nil {
				return err
			}
			if len(missing) > 0 {
				last = missing[0].Add(-1)
			}
			if err := lockUntil(tx, b.ID, last, by); err != nil {
				return err
			}
		}
		return nil
	})
}
