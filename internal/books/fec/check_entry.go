package fec

import (
	"slices"
	"strconv"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
)

// entrySum is what the lines of an entry come to so far.
type entrySum struct {
	sum    money.Amount
	line   int
	number string
}

// entryState is what was seen of the entry being read.
type entryState struct {
	key            string
	line           int
	number         string
	result, profit bool // lines on the result of the year; on accounts of charges or income
}

// openingJournals are the usual codes of the journal of opening balances.
var openingJournals = []string{"AN", "ANO", "ANV", "RAN", "OUV", "AN1"}

// follow looks at the line as a part of its entry, and at the entry as a part of the file.
func (c *checker) follow(fields []string, valid day.Day, amount money.Amount, known bool) {
	journal, number := fields[0], fields[2]
	if number == "" {
		return
	}
	key := journal + "\x00" + number
	if key != c.entry.key {
		c.endEntry()
		c.entry = entryState{key: key, line: c.line, number: number}
		c.report.Entries++
		c.numbered(journal, number)
		c.ordered(journal, valid)
	}
	account := fields[4]
	c.entry.result = c.entry.result || strings.HasPrefix(account, "12")
	c.entry.profit = c.entry.profit || strings.HasPrefix(account, "6") || strings.HasPrefix(account, "7")
	if !known {
		return
	}
	e := c.entries[key]
	if e == nil {
		e = &entrySum{line: c.line, number: number}
		c.entries[key] = e
	}
	if e.sum += amount; e.sum == 0 {
		delete(c.entries, key)
	}
}

// endEntry looks at an entry whose lines are all read.
func (c *checker) endEntry() {
	if c.entry.result && c.entry.profit {
		c.at(c.entry.line, Anomaly, "l’écriture %s solde les comptes de résultat\u00a0: elle ne doit pas figurer dans le fichier", c.entry.number)
	}
}

// ordered tells when entries are not in the order in which they became final, opening balances first.
func (c *checker) ordered(journal string, valid day.Day) {
	opening := slices.Contains(openingJournals, strings.ToUpper(journal))
	if opening && c.afterFirst {
		c.fault(Anomaly, "les soldes d’ouverture viennent avant les autres écritures")
	}
	if !opening {
		c.afterFirst = true
	}
	if valid == "" || opening {
		return
	}
	if valid < c.lastValid {
		c.fault(Anomaly, "l’écriture est validée le %s, après une autre validée le %s\u00a0: l’ordre doit être celui de la validation", compact(valid), compact(c.lastValid))
	}
	c.lastValid = max(c.lastValid, valid)
}

// span is a run of numbers without a hole.
type span struct {
	first, last int64
	line        int // where its first number was met
}

// series is the numbers of entries that share what stands before them.
type series struct{ spans []span }

// numbered keeps the number of an entry, in the series of the whole file and in that of its journal.
func (c *checker) numbered(journal, number string) {
	prefix := strings.TrimRight(number, "0123456789")
	n, err := strconv.ParseInt(number[len(prefix):], 10, 64)
	if err != nil {
		return // no number at the end: nothing to follow
	}
	for _, key := range []string{prefix, prefix + "\x00" + journal} {
		s := c.series[key]
		if s == nil {
			s = &series{}
			c.series[key] = s
		}
		s.add(n, c.line)
	}
}

// add keeps a number. Numbers come nearly in order: the last run is the one to look at first.
func (s *series) add(n int64, line int) {
	for i := len(s.spans) - 1; i >= 0; i-- {
		r := &s.spans[i]
		if r.first <= n && n <= r.last {
			return
		}
		if n == r.last+1 {
			r.last = n
			s.join(i)
			return
		}
		if n == r.first-1 {
			r.first = n
			s.join(i)
			return
		}
		if n > r.last {
			s.spans = slices.Insert(s.spans, i+1, span{n, n, line})
			return
		}
	}
	s.spans = slices.Insert(s.spans, 0, span{n, n, line})
}

// join makes one run of those that touch run i.
func (s *series) join(i int) {
	if i+1 < len(s.spans) && s.spans[i].last+1 == s.spans[i+1].first {
		s.spans[i].last = s.spans[i+1].last
		s.spans = slices.Delete(s.spans, i+1, i+2)
	}
	if i > 0 && s.spans[i-1].last+1 == s.spans[i].first {
		s.spans[i-1].last = s.spans[i].last
		s.spans = slices.Delete(s.spans, i, i+1)
	}
}

// holes tells the numbers that miss. Some programs number the whole file, others each journal: only what has holes both ways is a fault.
func (c *checker) holes() {
	keys := make([]string, 0, len(c.series))
	for key := range c.series {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		prefix, journal, ofJournal := strings.Cut(key, "\x00")
		if !ofJournal || len(c.series[prefix].spans) == 1 {
			continue
		}
		spans := c.series[key].spans
		for i := 1; i < len(spans); i++ {
			c.at(spans[i].line, Anomaly, "la numérotation du journal %s a un trou\u00a0: %s%d est suivi de %s%d", journal, prefix, spans[i-1].last, prefix, spans[i].first)
		}
	}
}

// end looks at the file as a whole.
func (c *checker) end() {
	c.endEntry()
	switch {
	case c.line == 0:
		c.at(0, Blocking, "le fichier est vide")
		return
	case c.columns != nil && c.rows == 0:
		c.at(0, Blocking, "le fichier n’a aucune écriture")
		return
	}
	open := make([]*entrySum, 0, len(c.entries))
	for _, e := range c.entries {
		open = append(open, e)
	}
	slices.SortFunc(open, func(a, b *entrySum) int { return a.line - b.line })
	for _, e := range open {
		c.at(e.line, Anomaly, "l’écriture %s n’est pas équilibrée\u00a0: le débit moins le crédit font %s", e.number, locale.Euro(e.sum))
	}
	c.holes()
	if c.report.Debit != c.report.Credit {
		c.at(0, Anomaly, "le total des débits (%s) n’est pas celui des crédits (%s)", locale.Euro(c.report.Debit), locale.Euro(c.report.Credit))
	}
}
