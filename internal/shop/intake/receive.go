package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/paper/sheet"
	"encaisse/internal/shop/cashbox"
)

const (
	largestFile = 5 << 20
	forgottenIn = 7 * 24 * time.Hour // an import never started
)

// Receive keeps a file to be matched. Its columns are matched as the last file of the same titles was, else as their titles say. The id is
// chosen by the form: a file sent twice by one press is one import.
func Receive(tx *db.Tx, i Intake, body []byte, r Registers) error {
	rows, err := sheet.Read(body)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return fault.New(fault.Invalid, "Ce fichier ne contient aucune ligne.").Field("fichier", "Ce fichier ne contient aucune ligne.")
	}
	sum := sha256.Sum256(body)
	header, names := titles(rows)
	i.Digest, i.Size, i.Shape, i.State, i.CreatedAt = hex.EncodeToString(sum[:]), len(body), shapeOf(i.Kind, names), Matching, tx.Now()
	before, known, err := remembered(tx, i.Kind, i.Shape)
	if err != nil {
		return err
	}
	i.Mapping = Mapping{Header: header, Columns: guess(i.Kind, names, r)}
	if known && len(names) > 0 {
		i.Mapping = before
		i.Mapping.Header = header
	}
	if from, is := profileOf(i.Kind, names); is {
		p := planner{registers: r, mapping: i.Mapping}
		p.labels(rows)
		meanings := from.meanings(p.plan.Labels, r)
		maps.Copy(meanings, i.Mapping.Values) // what somebody said holds
		i.Mapping.Values = meanings
	}
	if i.Mapping.Box == "" && len(r.Boxes) == 1 {
		i.Mapping.Box = r.Boxes[0].ID
	}
	if err := forget(tx, tx.Now().Add(-forgottenIn)); err != nil {
		return err
	}
	_, err = insert(tx, i, body)
	return err
}

// Match keeps what the columns hold.
func Match(tx *db.Tx, id string, m Mapping, r Registers) error {
	i, err := Get(tx, id)
	if err != nil {
		return err
	}
	if i.State != Matching {
		return fault.New(fault.Conflict, "Cet import est déjà lancé.")
	}
	known := map[string]bool{"": true}
	for _, t := range targets(i.Kind, r) {
		known[t.ID] = true
	}
	for n, target := range m.Columns {
		if !known[target] {
			m.Columns[n] = ""
		}
	}
	if m.Box != "" && !slices.ContainsFunc(r.Boxes, func(b cashbox.Box) bool { return b.ID == m.Box }) {
		m.Box = ""
	}
	i.Mapping = m
	return save(tx, i)
}

// Abandon forgets a file that was not brought in.
func Abandon(tx *db.Tx, id string) error { return abandon(tx, id) }
