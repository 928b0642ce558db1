package daysheet

import (
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
)

const maxDraftFields, maxDraftText = 600, 2000

// SaveDraft keeps what is typed, whatever it is worth. revision is the one the author started from, 0 for a new draft: when somebody else
// saved meanwhile the fault is Conflict and nothing is lost on either side. A closed day takes a draft too: that of its correction.
func SaveDraft(tx *db.Tx, box string, on day.Day, fields map[string]string, revision int, by string) (Draft, error) {
	p, err := Load(tx, box, on)
	if err != nil {
		return Draft{}, err
	}
	if err := closable(p); err != nil {
		return Draft{}, err
	}
	if len(fields) > maxDraftFields {
		return Draft{}, fault.New(fault.TooLarge, "Le formulaire contient trop de champs.")
	}
	for name, text := range fields {
		if len(name) > 80 || len(text) > maxDraftText || !utf8.ValidString(text) {
			return Draft{}, fault.New(fault.Invalid, "Un champ est trop long.")
		}
	}
	if p.Draft != nil && p.Draft.Revision != revision {
		return *p.Draft, fault.Newf(fault.Conflict, "Cette journée a été modifiée ailleurs à %s. Reprenez cette saisie ou gardez la vôtre.", locale.Clock(p.Draft.At, p.Settings.Zone()))
	}
	figures, _ := Read(fields, p.Setup) // a draft may hold anything: what does not read yet counts for nothing
	d := Draft{Box: box, On: on, Revision: revision + 1, Fields: fields, Gross: Compute(figures, p.Setup).Gross, By: by, At: tx.Now()}
	if err := putDraft(tx, d); err != nil || p.Draft != nil {
		return d, err
	}
	return d, refresh(tx, on, on)
}

// DropDraft forgets what is typed and not closed.
func DropDraft(tx *db.Tx, box string, on day.Day) error {
	if err := deleteDraft(tx, box, on); err != nil {
		return err
	}
	return refresh(tx, on, on)
}
