package accounting

import (
	"cmp"
	"slices"
	"strings"

	"encaisse/internal/base/money"
)

// carryKey is what balances are put together by.
type carryKey struct{ code, third string }

// carry is a balance a year opens with.
type carry struct {
	carryKey
	label, thirdLabel string
	amount            money.Amount // + debit
}

func sortedCarries(sums map[carryKey]money.Amount, labels map[carryKey][2]string) []carry {
	list := make([]carry, 0, len(sums))
	for k, sum := range sums {
		if sum != 0 {
			list = append(list, carry{k, labels[k][0], labels[k][1], sum})
		}
	}
	slices.SortFunc(list, func(a, b carry) int {
		return cmp.Or(strings.Compare(a.code, b.code), strings.Compare(a.third, b.third))
	})
	return list
}

// firstPart keeps one label for several accounts of the same code: what they have in common, before the name of the box or of the category.
func firstPart(before, label string) string {
	if before == "" || before == label {
		return label
	}
	common, _, _ := strings.Cut(label, ",")
	other, _, _ := strings.Cut(before, ",")
	return min(common, other)
}
