package staff

import (
	_ "embed"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// What each piece of a password is worth, in tenths of bits: about the logarithm of how many such pieces there are.
const (
	costDigit    = 33
	costLetter   = 47
	costOther    = 55
	costSpace    = 15
	costWord     = 115 // one of the words of the list
	costPersonal = 20
	costCapital  = 10 // a word not in lower case
	costDisguise = 10 // a word written with figures and signs: m0tdep@sse
	costYear     = 70
	costRun      = 60 // abcd, 4321, azerty
	costRepeat   = 25 // the same again
	costSame     = 15 // the same character again
	longestWord  = 32
)

//go:embed words.txt
var wordsText string

var commonWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(wordsText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for word := range strings.FieldsSeq(line) {
			if len(word) >= 3 {
				words[word] = true
			}
		}
	}
	return words
})

// keyRows are the rows of the keyboards and the two orders everybody knows; each is read both ways.
var keyRows = func() []string {
	rows := []string{"abcdefghijklmnopqrstuvwxyz", "0123456789", "1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "aqwzsxedcrfvtgb", "qazwsxedcrfvtgb"}
	for _, row := range slices.Clone(rows) {
		letters := []byte(row)
		slices.Reverse(letters)
		rows = append(rows, string(letters))
	}
	return rows
}()

// disguises are the usual signs put for letters.
var disguises = strings.NewReplacer("@", "a", "4", "a", "3", "e", "€", "e", "1", "i", "!", "i", "0", "o", "5", "s", "$", "s", "7", "t", "8", "b", "|", "l")

// estimate is a password being cut into pieces.
type estimate struct {
	plain     []rune // as typed
	folded    []rune // lower case, without accents, one for one
	disguised []rune // folded, signs read as letters
	personal  map[string]bool
}

// strength estimates how hard a password is to guess, in tenths of bits: the cheapest way to cut it into words, runs, years,
// repetitions and single characters is the way a guesser would try first.
func strength(password string, about []string) int {
	e := estimate{plain: []rune(password), personal: map[string]bool{}}
	for _, word := range personalWords(about) {
		e.personal[word] = true
	}
	for _, r := range e.plain {
		base := []rune(fold(string(r)))
		if len(base) != 1 {
			base = []rune{unicode.ToLower(r)}
		}
		e.folded = append(e.folded, base[0])
		e.disguised = append(e.disguised, []rune(disguises.Replace(string(base)))[0])
	}
	best := make([]int, len(e.plain)+1)
	for i := range e.plain {
		next := best[i] + e.single(i)
		if i == 0 || best[i+1] == 0 || next < best[i+1] {
			best[i+1] = next
		}
		for n := 2; n <= longestWord && i+n <= len(e.plain); n++ {
			cost, ok := e.piece(i, n)
			if ok && (best[i+n] == 0 || best[i]+cost < best[i+n]) {
				best[i+n] = best[i] + cost
			}
		}
	}
	return best[len(e.plain)]
}

// single is what one character alone is worth; the same as the one before is worth little.
func (e estimate) single(i int) int {
	r := e.folded[i]
	switch {
	case i > 0 && r == e.folded[i-1]:
		return costSame
	case r == ' ':
		return costSpace
	case r >= '0' && r <= '9':
		return costDigit
	case r >= 'a' && r <= 'z' && e.plain[i] != unicode.ToUpper(e.plain[i]):
		return costLetter
	}
	return costOther
}

// piece is what n characters from i are worth together, when they are something a guesser knows.
func (e estimate) piece(i, n int) (cost int, ok bool) {
	word := string(e.folded[i : i+n])
	if i >= n && word == string(e.folded[i-n:i]) {
		return costRepeat, true
	}
	if n < 3 {
		return 0, false
	}
	extra := 0
	if strings.ToLower(string(e.plain[i:i+n])) != string(e.plain[i:i+n]) {
		extra = costCapital
	}
	if cost, ok := e.word(word); ok {
		return cost + extra, true
	}
	if cost, ok := e.word(string(e.disguised[i : i+n])); ok {
		return cost + extra + costDisguise, true
	}
	for _, row := range keyRows {
		if strings.Contains(row, word) {
			return costRun + 10*bits.Len(uint(n)), true
		}
	}
	if n == 4 && (word[:2] == "19" || word[:2] == "20") && isDigits(word) {
		return costYear, true
	}
	return 0, false
}

func (e estimate) word(word string) (cost int, ok bool) {
	if e.personal[word] {
		return costPersonal, true
	}
	if commonWords()[word] {
		return costWord, true
	}
	return 0, false
}

func isDigits(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}
