// Package pictures takes the pictures of the manual from the real program: the first run on an empty one, everything else on the
// demonstration. `make screenshots` runs it.
package pictures

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"slices"
)

// lighten redraws a picture in at most 256 colours: a screen has few, and the file becomes three times smaller.
func lighten(content []byte) ([]byte, error) {
	full, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	bounds := full.Bounds()
	counts := map[color.RGBA]int{}
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			counts[color.RGBAModel.Convert(full.At(x, y)).(color.RGBA)]++
		}
	}
	palette := paletteOf(counts)
	nearest := make(map[color.RGBA]uint8, len(counts))
	for c := range counts {
		nearest[c] = uint8(palette.Index(c))
	}
	drawn := image.NewPaletted(bounds, palette)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			drawn.SetColorIndex(x, y, nearest[color.RGBAModel.Convert(full.At(x, y)).(color.RGBA)])
		}
	}
	var out bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, drawn)
	return out.Bytes(), err
}

// paletteOf chooses 256 colours: boxes of colours are cut at the middle of their longest side, the most used box with the widest side
// first, and each gives its average.
func paletteOf(counts map[color.RGBA]int) color.Palette {
	all := make([]color.RGBA, 0, len(counts))
	for c := range counts {
		all = append(all, c)
	}
	boxes := [][]color.RGBA{all}
	for len(boxes) < 256 {
		best, bestScore, bestSide := -1, 0, 0
		for i, box := range boxes {
			side, width := longestSide(box)
			if score := width * width * min(weight(box, counts), 4000); len(box) > 1 && score > bestScore {
				best, bestScore, bestSide = i, score, side
			}
		}
		if best < 0 {
			break
		}
		box := boxes[best]
		slices.SortFunc(box, func(a, b color.RGBA) int { return channel(a, bestSide) - channel(b, bestSide) })
		half, sum, cut := weight(box, counts)/2, 0, 1
		for i, c := range box[:len(box)-1] {
			if sum += counts[c]; sum >= half || i == len(box)-2 {
				cut = i + 1
				break
			}
		}
		boxes[best] = box[:cut]
		boxes = append(boxes, box[cut:])
	}
	palette := make(color.Palette, len(boxes))
	for i, box := range boxes {
		palette[i] = average(box, counts)
	}
	return palette
}

func channel(c color.RGBA, n int) int { return int([3]uint8{c.R, c.G, c.B}[n]) }

func weight(box []color.RGBA, counts map[color.RGBA]int) (sum int) {
	for _, c := range box {
		sum += counts[c]
	}
	return sum
}

func longestSide(box []color.RGBA) (side, width int) {
	for n := range 3 {
		least, most := 255, 0
		for _, c := range box {
			least, most = min(least, channel(c, n)), max(most, channel(c, n))
		}
		if most-least > width {
			side, width = n, most-least
		}
	}
	return side, width
}

// average is the most used colour of a box when it rules it, so that plain grounds keep theirs, else the mean.
func average(box []color.RGBA, counts map[color.RGBA]int) color.RGBA {
	total := weight(box, counts)
	var sum [3]int
	for _, c := range box {
		if counts[c]*2 > total {
			return c
		}
		for n := range 3 {
			sum[n] += channel(c, n) * counts[c]
		}
	}
	return color.RGBA{uint8(sum[0] / total), uint8(sum[1] / total), uint8(sum[2] / total), 255}
}
