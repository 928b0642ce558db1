package scan

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"net/url"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/paper/ocr"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
)

// forgottenIn is how long a photo waits to be confirmed.
const forgottenIn = 7 * 24 * time.Hour

// open refuses a day that takes no figures from a photo: closed, to come, or before the box was followed.
func open(p daysheet.Page) error {
	switch {
	case p.Current() != nil:
		return fault.New(fault.Conflict, "Cette journée est clôturée\u00a0: un ticket Z se lit avant la clôture. Passez par «\u00a0Corriger\u00a0» pour changer ses chiffres.")
	case p.On > p.Today:
		return fault.New(fault.Conflict, "Cette journée n’est pas encore commencée.")
	case p.On < p.Box.FirstDay:
		return fault.Newf(fault.Conflict, "Cette caisse est suivie depuis le %s.", locale.Date(p.Box.FirstDay))
	}
	return nil
}

// Receive keeps a photo that was read, to be confirmed. The id is chosen by the form: a photo sent twice by one press is one photo.
func Receive(tx *db.Tx, s Scan, body []byte) error {
	p, err := daysheet.Load(tx, s.Box, s.On)
	if err != nil {
		return err
	}
	if err := open(p); err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	s.Digest, s.State, s.CreatedAt = hex.EncodeToString(sum[:]), Waiting, tx.Now()
	if err := forget(tx, tx.Now().Add(-forgottenIn)); err != nil {
		return err
	}
	return insert(tx, s, body)
}

// Refused says in French why a photo was not read; nil for a failure that is no fault of the photo.
func Refused(err error) error {
	say := func(text string) error { return fault.New(fault.Invalid, text).Field("photo", text) }
	switch {
	case errors.Is(err, ocr.ErrPicture):
		return say("Ce fichier n’est pas une photo lisible. Choisissez une photo JPEG ou PNG.")
	case errors.Is(err, ocr.ErrVast):
		return say("Cette photo a trop de points\u00a0: 25 millions au plus. Reprenez-la avec une définition moindre.")
	case errors.Is(err, ocr.ErrTiny):
		return say("Cette photo est trop petite pour être lue. Photographiez le ticket de plus près.")
	case errors.Is(err, ocr.ErrSlow):
		return say("La lecture prend plus de 20\u00a0secondes. Recommencez avec une photo cadrée sur le ticket, ou saisissez la journée à la main.")
	}
	return nil
}

// load reads a day with what its tickets are matched with.
func load(q db.Querier, box string, on day.Day) (daysheet.Page, Registers, error) {
	p, err := daysheet.Load(q, box, on)
	if err != nil {
		return p, Registers{}, err
	}
	labels, err := labelsOf(q, p.Box.Location)
	return p, Registers{Setup: p.Setup, Labels: labels}, err
}

// Keep confirms a photo: its figures, as corrected in the form, join the draft of the day, and the photo becomes a file of it. revision is
// that of the draft the page was made with: Conflict when somebody typed meanwhile. Confirmed twice, it counts once.
func Keep(tx *db.Tx, s Scan, typed url.Values, revision int, by string) error {
	if s.State == Kept {
		return nil
	}
	p, r, err := load(tx, s.Box, s.On)
	if err != nil {
		return err
	}
	if err := open(p); err != nil {
		return err
	}
	proposal := Propose(s, r, typed)
	read, _, err := proposal.Figures()
	if err != nil {
		return err
	}
	if len(read) > 0 {
		fields := map[string]string{}
		if p.Draft != nil {
			fields = maps.Clone(p.Draft.Fields)
		}
		maps.Copy(fields, read)
		if _, err := daysheet.SaveDraft(tx, s.Box, s.On, daysheet.WithSource(fields, daysheet.ByScan), revision, by); err != nil {
			return err
		}
	}
	for _, row := range append(proposal.Rows, proposal.Aside...) {
		told, before := row.Target, r.Labels[row.label]
		if row.label == "" || told == "" || told == before || before == "" && told == row.guess {
			continue
		}
		if err := rememberLabel(tx, p.Box.Location, row.label, told); err != nil {
			return err
		}
	}
	body, err := bodyOf(tx, s.ID)
	if err != nil {
		return err
	}
	if s.Attachment, err = cashbox.Attach(tx, s.Name, body, by); err != nil {
		return err
	}
	s.By, s.KeptAt = by, tx.Now()
	return noteKept(tx, s)
}

// Forget drops a photo that was not confirmed.
func Forget(tx *db.Tx, s Scan) error { return drop(tx, s.ID) }
