package pdf

import (
	"image/color"

	"encaisse/internal/base/fault"

	"github.com/boombuler/barcode/code128"
)

// Barcode is a text as bars a scanner reads (Code 128), the text under them.
type Barcode struct{ Text string }

// The size of bars: a module of 0,4 mm is read by every scanner, and by a phone.
const (
	moduleWidth = 0.4
	barHeight   = 16.0
	quietZone   = 10 * moduleWidth
)

var barLetters = letters{semiBold, 11, ink}

func (b Barcode) lead(*canvas) float64 { return barHeight + barLetters.height() + 8 }

func (b Barcode) draw(c *canvas) {
	c.ensure(b.lead(c))
	bars, err := code128.Encode(b.Text)
	if err != nil {
		if c.err == nil {
			c.err = fault.Wrap(fault.Internal, "Ce numéro ne s’écrit pas en code-barres.", err)
		}
		return
	}
	width, bounds := 0, bars.Bounds()
	for i := bounds.Min.X; i <= bounds.Max.X; i++ {
		if i < bounds.Max.X && dark(bars.At(i, bounds.Min.Y)) {
			width++
			continue
		}
		if width > 0 { // one bar, however many modules wide: no seam a scanner could take for a gap
			c.fill(marginX+quietZone+float64(i-bounds.Min.X-width)*moduleWidth, c.y, float64(width)*moduleWidth, barHeight, colour{0, 0, 0})
		}
		width = 0
	}
	c.y += barHeight + 1.5
	c.text(barLetters, marginX+quietZone, c.y, clean(b.Text))
	c.y += barLetters.height() + 6
}

// dark tells whether a module is a bar.
func dark(module color.Color) bool {
	red, _, _, _ := module.RGBA()
	return red == 0
}

// Paragraph is a text under a title, "" for none.
type Paragraph struct{ Title, Text string }

func (p Paragraph) lead(*canvas) float64 { return tableTitle.height() + 3*bodyLetters.height() }

func (p Paragraph) draw(c *canvas) {
	if p.Title != "" {
		c.ensure(p.lead(c))
		c.text(tableTitle, marginX, c.y, clean(p.Title))
		c.y += tableTitle.height() + 0.8
	}
	for _, line := range c.wrap(bodyLetters, p.Text, c.inner(), 200) {
		c.ensure(bodyLetters.height())
		c.text(bodyLetters, marginX, c.y, line)
		c.y += bodyLetters.height()
	}
	c.y += 4
}
