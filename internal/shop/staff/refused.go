package staff

import (
	"context"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/job"
	"encaisse/internal/books/act"
)

// RefusedJob is the kind of the jobs that tell companies of a password refused to one of their people.
const RefusedJob = "staff.refused"

// mostTold bounds how many companies are told.
const mostTold = 50

// noteRefused has the companies of a person told, later, that a password was refused to them. The same is written for an address nobody
// has, so that the time an answer takes says nothing.
func (r *Room) noteRefused(ctx context.Context, userID, client string) error {
	return r.db.Write(ctx, "", func(tx *db.Tx) error {
		_, err := job.Add(tx, RefusedJob, userID+" "+client)
		return err
	})
}

// TellRefused is the handler of the jobs of kind RefusedJob: the activity log of each company where the person has a place gets a line.
func (r *Room) TellRefused(ctx context.Context, j job.Job) error {
	userID, client, _ := strings.Cut(j.Payload, " ")
	if userID == "" {
		return nil
	}
	var places []place
	err := r.db.Read(ctx, "", func(q *db.Snapshot) (err error) {
		places, err = placesOf(q, userID)
		return err
	})
	if err != nil {
		return err
	}
	for _, p := range places[:min(len(places), mostTold)] {
		line := act.Line{ID: id.Derive(j.ID + p.companyID), At: j.CreatedAt, By: userID, Kind: "connexion", Label: "Connexion refusée\u00a0: mot de passe inexact", From: client}
		if err := r.db.Write(ctx, p.companyID, func(tx *db.Tx) error { return act.Note(tx, line) }); err != nil {
			return err
		}
	}
	return nil
}
