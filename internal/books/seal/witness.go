package seal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"encaisse/internal/base/id"
)

// Witness keeps the heads of every company apart from the database, in a folder with a file for each, so that an older copy of the
// database or a chain whose tail was cut shows. It is written after closings and at stop, and copied into backups.
type Witness struct {
	folder string
	mu     sync.Mutex
}

// NewWitness keeps heads in a folder, which is made when it is first needed.
func NewWitness(folder string) *Witness { return &Witness{folder: folder} }

// Behind says that a database has less than its witness has seen, or something else.
type Behind struct{ Seen, Has Head }

// Error names the chain.
func (b *Behind) Error() string {
	return fmt.Sprintf("seal: register %s, chain %s: the witness has seen n° %d (%s), the database has n° %d (%s): it is an older copy, or was changed by hand",
		b.Seen.Register, b.Seen.Chain, b.Seen.Seq, Extract(b.Seen.Signature), b.Has.Seq, Extract(b.Has.Signature))
}

// witnessFile is the file of one company.
type witnessFile struct {
	Company string        `json:"company"`
	Heads   []witnessHead `json:"heads"`
}

type witnessHead struct {
	Register  string    `json:"register"`
	Chain     string    `json:"chain"`
	Seq       int64     `json:"seq"`
	At        time.Time `json:"at"`
	Signature string    `json:"signature"`
}

// Keep notes the heads of a company. A head never goes back: a database that is behind is refused with *Behind, and nothing is written.
func (w *Witness) Keep(company string, heads []Head) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	seen, err := w.heads(company)
	if err != nil {
		return err
	}
	for _, s := range seen {
		at := slices.IndexFunc(heads, func(h Head) bool { return h.Register == s.Register && h.Chain == s.Chain })
		if at < 0 {
			return &Behind{Seen: s}
		}
		if h := heads[at]; h.Seq < s.Seq || h.Seq == s.Seq && h.Signature != s.Signature {
			return &Behind{Seen: s, Has: h}
		}
	}
	return w.write(company, heads)
}

// Replace notes the heads of a company whatever was seen before. It is for a restore that someone asked for, which is an event of its own.
func (w *Witness) Replace(company string, heads []Head) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.write(company, heads)
}

// Heads are the heads seen of a company, none when it was never seen.
func (w *Witness) Heads(company string) ([]Head, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.heads(company)
}

func (w *Witness) path(company string) (string, error) {
	if !id.Valid(company) {
		return "", fmt.Errorf("seal: %q is not the identifier of a company", company)
	}
	return filepath.Join(w.folder, company+".json"), nil
}

func (w *Witness) heads(company string) ([]Head, error) {
	path, err := w.path(company)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var file witnessFile
	if err := json.Unmarshal(text, &file); err != nil || file.Company != company {
		return nil, fmt.Errorf("seal: the witness %s cannot be read: restore it from a backup, or remove it knowing that older copies will no longer show", path)
	}
	heads := make([]Head, len(file.Heads))
	for i, h := range file.Heads {
		heads[i] = Head{Register: h.Register, Chain: h.Chain, Seq: h.Seq, Signature: h.Signature, At: h.At}
	}
	return heads, nil
}

func (w *Witness) write(company string, heads []Head) error {
	path, err := w.path(company)
	if err != nil {
		return err
	}
	file := witnessFile{Company: company, Heads: make([]witnessHead, len(heads))}
	for i, h := range heads {
		file.Heads[i] = witnessHead{Register: h.Register, Chain: h.Chain, Seq: h.Seq, At: h.At, Signature: h.Signature}
	}
	text, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(w.folder, 0o700); err != nil {
		return err
	}
	return writeDurably(path, append(text, '\n'))
}
