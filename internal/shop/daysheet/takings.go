package daysheet

import (
	"slices"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/tender"
)

// takenMemo begins the words of a line that says what was taken by a method: the other lines of its account are the over-short and what
// left for the bank.
const takenMemo = "Recettes"

// TakenBy tells what the sheets of some boxes took by each method, from first to last, by the id of the method.
func TakenBy(q db.Querier, boxes map[string]bool, first, last day.Day) (map[string]money.Amount, error) {
	methods, err := tender.List(q)
	if err != nil {
		return nil, err
	}
	taken := map[string]money.Amount{}
	for _, account := range []struct {
		prefix string
		method func(key string) string
		memos  []string
	}{
		{"box/", func(key string) string { return key[strings.LastIndexByte(key, '/')+1:] }, []string{takenMemo}},
		{"voucher/", func(string) string { return firstOf(methods, tender.Voucher) }, []string{"Bons cadeaux utilisés"}},
		{"customer/", func(string) string { return firstOf(methods, tender.OnAccount) }, []string{"Crédit accordé"}},
	} {
		sums, err := ledger.MemoSums(q, account.prefix, "daysheet:", first, last)
		if err != nil {
			return nil, err
		}
		for _, s := range sums {
			if boxes[s.Place] && slices.ContainsFunc(account.memos, func(memo string) bool { return strings.HasPrefix(s.Memo, memo) }) {
				taken[account.method(s.Account)] += s.Net
			}
		}
	}
	return taken, nil
}

func firstOf(methods []tender.Method, kind tender.Kind) string {
	i := slices.IndexFunc(methods, func(m tender.Method) bool { return m.Kind == kind })
	if i < 0 {
		return string(kind)
	}
	return methods[i].ID
}

// EntryRates tells at which rate each category was sold, in each entry the sheets of a box posted for the days from first to last. A category
// whose rate changed keeps in its old entries the rate they were posted at.
func EntryRates(q db.Querier, box string, first, last day.Day) (map[string]map[string]vat.Rate, error) {
	versions, err := versionsOf(q, box, first, last)
	if err != nil {
		return nil, err
	}
	entries := make(map[string]map[string]vat.Rate, len(versions))
	for _, v := range versions {
		content, err := v.content()
		if err != nil {
			return nil, err
		}
		rates := make(map[string]vat.Rate, len(content.Sales))
		for _, s := range content.Sales {
			rates[s.ID] = vat.Rate(s.Rate)
		}
		entries[v.EntryID] = rates
	}
	return entries, nil
}

// OfSource reads the box and the day in the source of an entry that a sheet posted; ok is false for the entries of other acts.
func OfSource(source string) (box string, on day.Day, ok bool) {
	rest, is := strings.CutPrefix(source, "daysheet:")
	box, text, _ := strings.Cut(rest, ":")
	on, err := day.Parse(text)
	return box, on, is && err == nil
}
