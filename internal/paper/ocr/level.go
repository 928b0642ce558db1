package ocr

import "image"

// The slopes looked at, in thousandths: up to about six degrees either way.
const steepest, slopeStep = 105, 7

// level straightens the lines of a paper photographed at a slant: columns of points are moved up or down until the rows of letters and the
// rows of paper between them differ most.
func level(p *image.Gray) *image.Gray {
	small := p
	if w := p.Rect.Dx(); w > 400 {
		small = scaled(p, 400, max(1, p.Rect.Dy()*400/w))
	}
	best, most := 0, contrast(small, 0)*21/20 // a paper that is level enough is left as it is
	for slope := -steepest; slope <= steepest; slope += slopeStep {
		if c := contrast(small, slope); c > most {
			best, most = slope, c
		}
	}
	if best == 0 {
		return p
	}
	return sheared(p, best)
}

// contrast is how much the darkness of rows changes from one to the next once the columns are moved by a slope. The rows at the top and at
// the bottom that a slope may move out of sight do not count.
func contrast(p *image.Gray, slope int) int {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	edge := w/2*steepest/1000 + 1
	rows := make([]int, h)
	for x := w / 10; x < w-w/10; x++ {
		move := (x - w/2) * slope / 1000
		for y := edge; y < h-edge; y++ {
			rows[y] += 255 - int(p.Pix[(y+move)*p.Stride+x])
		}
	}
	total := 0
	for y := edge + 1; y < h-edge; y++ {
		d := (rows[y] - rows[y-1]) / 16
		total += d * d
	}
	return total
}

// sheared moves each column by its distance from the middle times a slope; what comes from outside is white.
func sheared(p *image.Gray, slope int) *image.Gray {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewGray(p.Rect)
	for x := range w {
		move := (x - w/2) * slope / 1000
		for y := range h {
			v := uint8(255)
			if from := y + move; from >= 0 && from < h {
				v = p.Pix[from*p.Stride+x]
			}
			out.Pix[y*out.Stride+x] = v
		}
	}
	return out
}
