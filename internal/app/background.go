package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/job"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/activity"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/intake"
	"encaisse/internal/shop/staff"
)

// programUser is how the program names itself as the author of what it does by itself.
const programUser = "encaisse"

const upkeepEvery = 10 * time.Minute

// startBackground starts what goes on beside the pages: letters and other jobs, days that lock by themselves, heads kept apart. The
// function it gives waits until what is under way is finished.
func (h *house) startBackground(ctx context.Context, witness *seal.Witness, keeper *keeper) (wait func()) {
	var group sync.WaitGroup
	runner := &job.Runner{DB: h.db, Log: h.log, Handlers: map[string]job.Handler{staff.MailJob: h.staff.SendMail, intake.Job: intake.Worker{DB: h.db, Log: h.log}.Work, staff.NoteJob: h.staff.TellNote}}
	group.Go(func() { runner.Run(ctx) })
	group.Go(func() {
		tick := time.NewTicker(upkeepEvery)
		defer tick.Stop()
		for {
			h.upkeep(ctx, witness)
			if keeper != nil {
				keeper.upkeep(ctx)
			}
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	})
	if keeper != nil && keeper.away != nil {
		group.Go(func() { keeper.away.run(ctx) })
	}
	return func() {
		group.Wait()
		if keeper != nil {
			keeper.running.Wait()
		}
	}
}

// upkeep does in each company what is due. A fault in one company is logged and does not hold back the others.
func (h *house) upkeep(ctx context.Context, witness *seal.Witness) {
	ids, err := companies(ctx, h.db)
	if err != nil {
		h.log.Error("upkeep", "fault", err)
		return
	}
	for _, companyID := range ids {
		if ctx.Err() != nil {
			return
		}
		if err := daysheet.AutoLock(ctx, h.db, companyID, programUser); err != nil {
			h.log.Error("automatic lock", "company", companyID, "fault", err)
		}
		if err := activity.Sweep(ctx, h.db, companyID); err != nil {
			h.log.Error("addresses to forget", "company", companyID, "fault", err)
		}
	}
	h.lookAfter(ctx, ids)
	if err := h.staff.Sweep(ctx); err != nil {
		h.log.Error("sweep of sessions and links", "fault", err)
	}
	h.keepHeads(ctx, witness)
}

// keepHeads notes the heads of every chain apart from the database.
func (h *house) keepHeads(ctx context.Context, witness *seal.Witness) {
	ids, err := companies(ctx, h.db)
	if err != nil {
		h.log.Error("heads", "fault", err)
		return
	}
	for _, companyID := range ids {
		err := h.db.Read(ctx, companyID, func(q *db.Snapshot) error {
			heads, err := seal.AllHeads(q)
			if err != nil {
				return err
			}
			return witness.Keep(companyID, heads)
		})
		if behind, is := errors.AsType[*seal.Behind](err); is {
			h.alarm(ctx, companyID, behind)
		} else if err != nil {
			h.log.Error("heads kept apart", "company", companyID, "fault", err)
		}
	}
}

// alarm says, once for each start of the program, that the books of a company have less than was seen of them: an older copy stands in
// their place, or somebody changed them by hand. The event of it is sealed like any other.
func (h *house) alarm(ctx context.Context, companyID string, behind *seal.Behind) {
	h.log.Error("the books are behind what was seen of them; run: encaisse verify", "company", companyID, "fault", behind)
	if _, told := h.alarms.LoadOrStore(companyID, true); told {
		return
	}
	err := h.db.Write(ctx, companyID, func(tx *db.Tx) error {
		return seal.LogEvent(tx, seal.Event{Code: 90, Label: "Registres en retard sur leur témoin", By: programUser, Source: "heads"})
	})
	if err != nil {
		h.log.Error("event of the alarm", "company", companyID, "fault", err)
	}
}
