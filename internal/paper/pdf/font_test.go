package pdf

import (
	"encoding/binary"
	"testing"
)

// characters reads the character map (cmap, format 4) of a TrueType font.
func characters(t *testing.T, font []byte) map[rune]bool {
	t.Helper()
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(font[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(font[at:])) }
	found := map[rune]bool{}
	for i := range u16(4) {
		if record := 12 + 16*i; string(font[record:record+4]) == "cmap" {
			cmap := u32(record + 8)
			for j := range u16(cmap + 2) {
				sub := cmap + u32(cmap+4+8*j+4)
				if u16(sub) != 4 {
					continue
				}
				segments := u16(sub+6) / 2
				for k := range segments {
					end, start := u16(sub+14+2*k), u16(sub+16+2*segments+2*k)
					for r := start; r <= end && r != 0xFFFF; r++ {
						found[rune(r)] = true
					}
				}
			}
		}
	}
	if len(found) == 0 {
		t.Fatal("the font has no character map of format 4")
	}
	return found
}

func TestTheFontsHaveEveryCharacterPromised(t *testing.T) {
	for name, font := range map[string][]byte{"regular": interRegular, "semi-bold": interSemiBold, "bold": interBold} {
		has := characters(t, font)
		for _, span := range covered.R16 {
			for r := rune(span.Lo); r <= rune(span.Hi); r++ {
				if !has[r] {
					t.Errorf("%s has no %U", name, r)
				}
			}
		}
	}
}

func TestFiguresAreAllOfOneWidth(t *testing.T) {
	var c canvas
	for _, f := range []face{regular, semiBold, bold} {
		l := letters{f, 100, ink}
		for digit := '0'; digit <= '9'; digit++ {
			if got, want := c.measure(l, string(digit)), c.measure(l, "0"); got != want {
				t.Errorf("%s: %c is %v mm wide, 0 is %v", f, digit, got, want)
			}
		}
	}
}
