package accounting

import (
	"bytes"
	"crypto/sha256"
	"fmt"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
)

// Verify walks every file handed over to the accountant and names the first that is no longer what left. It gives the days that left.
func Verify(q db.Querier) (files int, left map[day.Day]bool, err error) {
	left = map[day.Day]bool{}
	list, err := exportedRanges(q, "", "~")
	if err != nil {
		return 0, left, err
	}
	for _, e := range list {
		_, content, _, err := exportContent(q, e.ID)
		if err != nil {
			return files, left, err
		}
		if sum := sha256.Sum256(content); !bytes.Equal(sum[:], e.Digest) {
			return files, left, fmt.Errorf("accounting: export %s: the file is no longer what left", e.Name)
		}
		for _, on := range day.Range(e.First, e.Last) {
			left[on] = true
		}
		files++
	}
	return files, left, nil
}
