package staff

import (
	"context"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/job"
	"encaisse/internal/books/act"
)

// NoteJob is the kind of the jobs that tell companies what happened at the sign-in of one of their people.
const NoteJob = "staff.note"

// mostTold bounds how many companies are told.
const mostTold = 50

// What companies are told.
const (
	notePassword   = "mot-de-passe"
	noteKeyRefused = "cle-refusee"
	noteKeyCopied  = "cle-copiee"
	noteKeyAdded   = "cle-ajoutee"
	noteKeyRemoved = "cle-retiree"
	noteChanged    = "mot-de-passe-change"
	noteCodeAdded  = "code-en-place"
	noteCodeGone   = "code-retire"
)

var noteWords = map[string]string{
	notePassword:   "Connexion refusée\u00a0: mot de passe inexact",
	noteKeyRefused: "Connexion refusée\u00a0: clé d’accès inexacte",
	noteKeyCopied:  "Connexion refusée\u00a0: clé d’accès peut-être copiée",
	noteKeyAdded:   "Clé d’accès ajoutée",
	noteKeyRemoved: "Clé d’accès retirée",
	noteChanged:    "Mot de passe changé",
	noteCodeAdded:  "Double vérification mise en place",
	noteCodeGone:   "Double vérification retirée",
}

// noteRefused has the companies of a person told, later, that a password was refused to them. The same is written for an address nobody
// has, so that the time an answer takes says nothing.
func (r *Room) noteRefused(ctx context.Context, userID, client string) error {
	return r.db.Write(ctx, "", func(tx *db.Tx) error { return addNote(tx, notePassword, userID, client) })
}

// addNote has the companies of a person told after the act.
func addNote(tx *db.Tx, what, userID, client string) error {
	_, err := job.Add(tx, NoteJob, what+" "+userID+" "+client)
	return err
}

// tellAccess has the companies of a person told after the act that what they sign in with changed, and the person by a letter.
func (r *Room) tellAccess(tx *db.Tx, u User, what, about, client string) error {
	if err := addNote(tx, what, u.ID, client); err != nil || !r.mails() {
		return err
	}
	return r.post(tx, accessLetter(u, what, about))
}

// TellNote is the handler of the jobs of kind NoteJob: the activity log of each company where the person has a place gets a line.
func (r *Room) TellNote(ctx context.Context, j job.Job) error {
	what, rest, _ := strings.Cut(j.Payload, " ")
	userID, client, _ := strings.Cut(rest, " ")
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
		line := act.Line{ID: id.Derive(j.ID + p.companyID), At: j.CreatedAt, By: userID, Kind: "connexion", Label: noteWords[what], From: client}
		if err := r.db.Write(ctx, p.companyID, func(tx *db.Tx) error { return act.Note(tx, line) }); err != nil {
			return err
		}
	}
	return nil
}
