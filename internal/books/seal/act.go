package seal

import (
	"encoding/json"
	"fmt"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
)

// AppendAct seals an act that moves no money, so that no entry seals it. What it says is given as it will be rebuilt: see Canonical.
func AppendAct(tx *db.Tx, kind, id string, on day.Day, what any) error {
	content, err := Canonical(what)
	if err != nil {
		return err
	}
	return AppendUnread(tx, Record{Register: Office, Chain: Act, SourceKind: kind, SourceID: id, On: on, Fields: []string{kind}, Content: content})
}

// Since is the instant, in UTC microseconds, from which every act of a kind that moves no money is sealed: that of the first that was, or the
// end of time when none ever was. Those recorded before have no seal.
func Since(q db.Querier, kind string) (int64, error) { return firstOfKind(q, Act, kind) }

// Canonical is what an act says, as bytes: its JSON. A field added to it later is left out when it is empty.
func Canonical(what any) ([]byte, error) {
	text, err := json.Marshal(what)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return text, nil
}
