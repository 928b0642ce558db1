package seal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Head is the last record of a chain.
type Head struct {
	Register, Chain string
	Seq             int64
	Signature       string
	At              time.Time
}

// writeHeads is the text of the heads of one register: a line for each chain, in the order of their names.
func writeHeads(heads []Head) string {
	slices.SortFunc(heads, func(a, b Head) int { return strings.Compare(a.Chain, b.Chain) })
	var b strings.Builder
	for _, h := range heads {
		fmt.Fprintf(&b, "%s %d %d %s\n", h.Chain, h.Seq, h.At.UnixMicro(), h.Signature)
	}
	return b.String()
}

// readHeads reads what writeHeads wrote.
func readHeads(register, text string) ([]Head, error) {
	var heads []Head
	for line := range strings.Lines(text) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), " ")
		if len(parts) != 4 {
			return nil, fmt.Errorf("seal: register %s: the heads cannot be read", register)
		}
		seq, err := strconv.ParseInt(parts[1], 10, 64)
		at, err2 := strconv.ParseInt(parts[2], 10, 64)
		if err != nil || err2 != nil {
			return nil, fmt.Errorf("seal: register %s: the head of chain %s cannot be read", register, parts[0])
		}
		heads = append(heads, Head{Register: register, Chain: parts[0], Seq: seq, Signature: parts[3], At: time.UnixMicro(at).UTC()})
	}
	return heads, nil
}

// headFields are the heads as a closing repeats them in its signed fields: one field each, then their number.
func headFields(heads []Head) []string {
	fields := make([]string, 0, len(heads)+1)
	for _, h := range heads {
		fields = append(fields, fmt.Sprintf("head:%s:%d:%s", h.Chain, h.Seq, h.Signature))
	}
	return append(fields, fmt.Sprintf("heads:%d", len(heads)))
}

// repeatedHeads reads the heads out of the signed fields of a closing.
func repeatedHeads(register string, fields []string) ([]Head, error) {
	unreadable := fmt.Errorf("the repeated heads cannot be read")
	if len(fields) == 0 {
		return nil, unreadable
	}
	n, err := strconv.Atoi(strings.TrimPrefix(fields[len(fields)-1], "heads:"))
	if err != nil || n < 0 || n > len(fields)-1 {
		return nil, unreadable
	}
	var heads []Head
	for _, f := range fields[len(fields)-1-n : len(fields)-1] {
		parts := strings.Split(f, ":")
		if len(parts) != 4 || parts[0] != "head" {
			return nil, unreadable
		}
		seq, err := strconv.ParseInt(parts[2], 10, 64)
		if err != nil {
			return nil, unreadable
		}
		heads = append(heads, Head{Register: register, Chain: parts[1], Seq: seq, Signature: parts[3]})
	}
	return heads, nil
}
