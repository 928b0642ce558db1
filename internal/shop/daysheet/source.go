package daysheet

import (
	"maps"
	"slices"
)

// fieldSource is the field of a draft that says how it was filled. A page sends it back, so that a draft received and closed by hand still
// says where its figures come from.
const fieldSource = "source"

// WithSource gives the fields of a draft with how they were filled.
func WithSource(fields map[string]string, s Source) map[string]string {
	marked := maps.Clone(fields)
	marked[fieldSource] = string(s)
	return marked
}

// columns writes a source as its two columns: those known later are an origin of what is typed by hand.
func (s Source) columns() (source, origin string) {
	if s == ByScan {
		return string(ByHand), string(s)
	}
	return string(s), ""
}

// SourceOf tells how a draft was filled.
func SourceOf(fields map[string]string) Source {
	if s := Source(fields[fieldSource]); slices.Contains([]Source{ByTill, ByFile, ByAPI, ByScan}, s) {
		return s
	}
	return ByHand
}
