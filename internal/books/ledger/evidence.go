package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Evidence is the digest of what an act says beyond the lines of its entry: the number of a voucher, the bytes of a receipt. Kept in the
// entry, it is sealed with it, so that the rows of a room can be compared with it for ever. The content is compared by its JSON: a field added
// to it later is left out when it is empty.
func Evidence(kind string, content any) string {
	text, err := json.Marshal(content)
	if err != nil {
		panic("ledger: evidence: " + err.Error()) // texts, amounts and lists of them always marshal
	}
	sum := sha256.Sum256(append([]byte(kind+"\n"), text...))
	return hex.EncodeToString(sum[:])
}

// Bears tells whether the entry bears the evidence of a content. One posted before there was any bears what is said.
func (p Posted) Bears(kind string, content any) bool {
	return p.Evidence == "" || p.Evidence == Evidence(kind, content)
}
