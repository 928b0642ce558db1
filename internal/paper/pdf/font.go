package pdf

import (
	_ "embed" // the fonts below
	"strings"
	"sync"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/text/unicode/norm"
)

var (
	//go:embed fonts/Inter-Regular.ttf
	interRegular []byte
	//go:embed fonts/Inter-SemiBold.ttf
	interSemiBold []byte
	//go:embed fonts/Inter-Bold.ttf
	interBold []byte
)

// face is one of the three weights of the document’s only family.
type face string

const (
	regular  face = "Inter"
	semiBold face = "Inter-SemiBold"
	bold     face = "Inter-Bold"
)

// addFonts gives the file its three fonts; only the letters used end in it.
func addFonts(f *fpdf.Fpdf) {
	f.AddUTF8FontFromBytes(string(regular), "", interRegular)
	f.AddUTF8FontFromBytes(string(semiBold), "", interSemiBold)
	f.AddUTF8FontFromBytes(string(bold), "", interBold)
}

// rulers are the widths in millimetres, at one point, of the letters of each face. They are read once; measuring then leaves no
// trace in the file, so that the order of measures never shows in its bytes.
var rulers = sync.OnceValue(func() map[face]map[rune]float64 {
	f := fpdf.New("P", "mm", "A4", "")
	addFonts(f)
	all := map[face]map[rune]float64{}
	for _, name := range []face{regular, semiBold, bold} {
		f.SetFont(string(name), "", 1000)
		all[name] = map[rune]float64{}
		for _, span := range covered.R16 {
			for r := rune(span.Lo); r <= rune(span.Hi); r++ {
				all[name][r] = f.GetStringWidth(string(r)) / 1000
			}
		}
	}
	return all
})

// covered are the characters the fonts have. fonts/subset.py cuts them from the same list.
var covered = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x0020, Hi: 0x007E, Stride: 1}, {Lo: 0x00A0, Hi: 0x00AC, Stride: 1}, {Lo: 0x00AE, Hi: 0x0148, Stride: 1},
		{Lo: 0x014A, Hi: 0x017F, Stride: 1}, {Lo: 0x0192, Hi: 0x0192, Stride: 1}, {Lo: 0x0218, Hi: 0x021B, Stride: 1},
		{Lo: 0x0386, Hi: 0x0386, Stride: 1}, {Lo: 0x0388, Hi: 0x038A, Stride: 1}, {Lo: 0x038C, Hi: 0x038C, Stride: 1},
		{Lo: 0x038E, Hi: 0x03A1, Stride: 1}, {Lo: 0x03A3, Hi: 0x03CE, Stride: 1}, {Lo: 0x0400, Hi: 0x045F, Stride: 1},
		{Lo: 0x1E00, Hi: 0x1E9B, Stride: 1}, {Lo: 0x1E9D, Hi: 0x1EFF, Stride: 1}, {Lo: 0x2010, Hi: 0x2015, Stride: 1},
		{Lo: 0x2018, Hi: 0x201E, Stride: 1}, {Lo: 0x2020, Hi: 0x2022, Stride: 1}, {Lo: 0x2026, Hi: 0x2026, Stride: 1},
		{Lo: 0x202F, Hi: 0x202F, Stride: 1}, {Lo: 0x2030, Hi: 0x2030, Stride: 1}, {Lo: 0x2032, Hi: 0x2033, Stride: 1},
		{Lo: 0x2039, Hi: 0x203A, Stride: 1}, {Lo: 0x2044, Hi: 0x2044, Stride: 1}, {Lo: 0x20AC, Hi: 0x20AC, Stride: 1},
		{Lo: 0x2116, Hi: 0x2116, Stride: 1}, {Lo: 0x2122, Hi: 0x2122, Stride: 1}, {Lo: 0x2190, Hi: 0x2193, Stride: 1},
		{Lo: 0x2212, Hi: 0x2212, Stride: 1}, {Lo: 0x2248, Hi: 0x2248, Stride: 1}, {Lo: 0x2260, Hi: 0x2260, Stride: 1},
		{Lo: 0x2264, Hi: 0x2265, Stride: 1}, {Lo: 0x25A1, Hi: 0x25A1, Stride: 1}, {Lo: 0x2713, Hi: 0x2713, Stride: 1},
		{Lo: 0x2717, Hi: 0x2717, Stride: 1},
	},
	LatinOffset: 2,
}

const unknown = '□' // stands for a character the fonts lack: a reader sees that something was there

// clean makes a text printable: accents composed, control and invisible characters dropped, tabs made spaces, characters the
// fonts lack replaced by □, and the spaces of French punctuation made such that no line ends on them. Line breaks stay.
func clean(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] >= ' ' && s[i] < 0x7F
	}
	if plain {
		return bind.Replace(s)
	}
	return bind.Replace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n', unicode.Is(covered, r):
			return r
		case r == '\t', r == '\u2009', r == '\u2003':
			return ' '
		case unicode.In(r, unicode.C, unicode.Mn, unicode.Me, unicode.Zl, unicode.Zp):
			return -1
		default:
			return unknown
		}
	}, norm.NFC.String(s)))
}

// bind keeps a sign on the line of the word it belongs to.
var bind = strings.NewReplacer(" :", "\u00a0:", " ;", "\u00a0;", " !", "\u00a0!", " ?", "\u00a0?", " %", "\u00a0%", " €", "\u00a0€", " »", "\u00a0»", "« ", "«\u00a0")
