package ledger

import (
	"strings"
	"testing"
)

func TestAnEntryPostedBeforeThereWasEvidenceIsSealedByTheSameBytes(t *testing.T) {
	p := Posted{Seq: 7, ID: "e", On: "2026-11-20", Kind: "movement", Source: "movement:m", By: "claire", Lines: []PostedLine{{Line: Line{Account: "box/1/cash", Amount: 1250}, BalanceAfter: 1250}}}
	before := string(p.canonical())
	if strings.Contains(before, "evidence") || !strings.Contains(before, "backdated 5 false\naccount 10 box/1/cash\n") {
		t.Errorf("the bytes are no longer those of before:\n%s", before)
	}
	if !p.Bears("movement", "whatever") {
		t.Error("an entry without evidence objects")
	}
	p.Evidence = Evidence("movement", "this")
	if string(p.canonical()) == before || !p.Bears("movement", "this") || p.Bears("movement", "that") || p.Bears("voucher", "this") {
		t.Error("the evidence is not part of what is sealed, or is that of anything")
	}
}

// What was sealed once is compared for ever: this digest may never change.
func TestTheEvidenceOfAContentIsAlwaysTheSame(t *testing.T) {
	type content struct {
		ID     string
		Amount int64
		Later  string `json:",omitempty"`
	}
	const want = "91bdace887a2dbfc" // sha256sum of the kind, a line feed and {"ID":"v","Amount":3000}
	if got := Evidence("voucher.issue", content{ID: "v", Amount: 3000}); !strings.HasPrefix(got, want) || len(got) != 64 {
		t.Errorf("%s", got)
	}
}
