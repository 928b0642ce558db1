package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"encaisse/internal/shop/cashbox"
)

// photographed is for how many days before today expenses have the photo of their receipt.
const photographed = 45

// receipt draws what a photo of a receipt looks like from afar: a narrow paper, lines of print, a total in bold.
func receipt(d dice) cashbox.Receipt {
	const width, margin, row = 300, 24, 16
	rows := d.between(7, 14)
	height := (rows + 9) * row
	paper := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.Gray{Y: 250}, color.Gray{Y: 60}, color.Gray{Y: 150}})
	bar := func(left, right, top, thick int, ink uint8) {
		for y := top; y < top+thick; y++ {
			for x := left; x < right; x++ {
				paper.SetColorIndex(x, y, ink)
			}
		}
	}
	bar(width/2-d.between(50, 80), width/2+d.between(50, 80), 2*row, 9, 1)
	bar(width/2-d.between(30, 60), width/2+d.between(30, 60), 3*row+4, 4, 2)
	for n := range rows {
		top := (5 + n) * row
		bar(margin, margin+d.between(60, 150), top, 4, 2)
		bar(width-margin-d.between(26, 40), width-margin, top, 4, 2)
	}
	bar(margin, width-margin, (rows+6)*row-6, 1, 2)
	bar(margin, margin+60, (rows+6)*row+2, 8, 1)
	bar(width-margin-56, width-margin, (rows+6)*row+2, 8, 1)
	var file bytes.Buffer
	if err := png.Encode(&file, paper); err != nil {
		panic("demo: a picture in memory is not written: " + err.Error())
	}
	return cashbox.Receipt{Name: "ticket.png", Content: file.Bytes()}
}
