// Package receipt draws photos of tickets Z of tills that do not exist, to be read by machines: the lines, then what a phone, a bad light
// and a worn roll do to them. The same ticket with the same wear gives the same photo.
package receipt

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"os/exec"
	"testing"

	"encaisse/internal/test/need"

	"codeberg.org/go-pdf/fpdf"
)

// Line is a printed line: words at the left, an amount at the right. A line with Left alone may be centred.
type Line struct {
	Left, Right string
	Centred     bool
	Large       bool
}

// Ticket is a paper. Font is Courier or Helvetica.
type Ticket struct {
	Name  string
	Font  string
	Width int // millimetres of the roll: 58 or 80
	Lines []Line
}

// Wear is what happened between the printer and the file.
type Wear struct {
	Name  string
	Tilt  float64 // degrees, clockwise
	Noise int     // how far each point may stray, of 255
	Faded int     // how light the ink is, of 255
	Shade int     // how dark the right edge is, of 255
	Blur  int     // points around
	Table int     // points of a dark table around the paper
	Dots  int     // dots an inch of the photo; 200 when 0
	Turns int     // quarters the phone was turned, told in the file
}

// Photo draws a ticket with its wear, as a JPEG.
func Photo(t testing.TB, k Ticket, w Wear) []byte {
	t.Helper()
	if w.Dots == 0 {
		w.Dots = 200
	}
	page := printed(t, k, w.Dots)
	page = w.worn(page)
	for range w.Turns {
		page = quarter(page)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, page, &jpeg.Options{Quality: 80}); err != nil {
		t.Fatal(err)
	}
	return held(out.Bytes(), w.Turns)
}

// printed prints the lines on a roll and gives the points of it.
func printed(t testing.TB, k Ticket, dots int) *image.Gray {
	t.Helper()
	width := float64(k.Width)
	height := 12.0
	for _, l := range k.Lines {
		height += l.height()
	}
	paper := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: width, Ht: height}})
	paper.SetMargins(4, 5, 4)
	paper.SetAutoPageBreak(false, 0)
	paper.AddPage()
	letters := paper.UnicodeTranslatorFromDescriptor("")
	for _, l := range k.Lines {
		size := 8.5
		if k.Width < 70 {
			size = 7
		}
		if l.Large {
			size *= 1.5
		}
		paper.SetFont(k.Font, "B", size)
		y := paper.GetY()
		align := "L"
		if l.Centred {
			align = "C"
		}
		paper.CellFormat(width-8, l.height(), letters(l.Left), "", 0, align, false, 0, "")
		if l.Right != "" {
			paper.SetXY(4, y)
			paper.CellFormat(width-8, l.height(), letters(l.Right), "", 0, "R", false, 0, "")
		}
		paper.SetXY(4, y+l.height())
	}
	var pdf bytes.Buffer
	if err := paper.Output(&pdf); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(need.Tool(t, "pdftoppm"), "-gray", "-r", fmt.Sprint(dots), "-")
	command.Stdin = &pdf
	points, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var w, h, most int
	if _, err := fmt.Sscanf(string(points[:min(40, len(points))]), "P5\n%d %d\n%d\n", &w, &h, &most); err != nil || len(points) < w*h {
		t.Fatalf("pdftoppm gives no picture in greys: %v", err)
	}
	return &image.Gray{Pix: points[len(points)-w*h:], Stride: w, Rect: image.Rect(0, 0, w, h)}
}

func (l Line) height() float64 {
	if l.Large {
		return 6.2
	}
	return 4.2
}

// worn does to the points what happened to the paper.
func (w Wear) worn(p *image.Gray) *image.Gray {
	p = w.tilted(p)
	for range w.Blur {
		p = blurred(p)
	}
	chance := uint32(2463534242)
	for y := range p.Rect.Dy() {
		for x := range p.Rect.Dx() {
			v := int(p.Pix[y*p.Stride+x])
			v = w.Faded + v*(255-w.Faded)/255
			v -= w.Shade * x / p.Rect.Dx() * v / 255
			chance ^= chance << 13
			chance ^= chance >> 17
			chance ^= chance << 5
			if w.Noise > 0 {
				v += int(chance%uint32(2*w.Noise+1)) - w.Noise
			}
			p.Pix[y*p.Stride+x] = uint8(min(255, max(0, v)))
		}
	}
	return p
}

// tilted turns the paper about its middle, on a dark table.
func (w Wear) tilted(p *image.Gray) *image.Gray {
	wide, high := p.Rect.Dx()+2*w.Table, p.Rect.Dy()+2*w.Table
	out := image.NewGray(image.Rect(0, 0, wide, high))
	sin, cos := math.Sincos(w.Tilt * math.Pi / 180)
	for y := range high {
		for x := range wide {
			dx, dy := float64(x)-float64(wide)/2, float64(y)-float64(high)/2
			sx, sy := int(math.Round(cos*dx+sin*dy+float64(p.Rect.Dx())/2)), int(math.Round(-sin*dx+cos*dy+float64(p.Rect.Dy())/2))
			v := uint8(255)
			switch {
			case sx >= 0 && sy >= 0 && sx < p.Rect.Dx() && sy < p.Rect.Dy():
				v = p.Pix[sy*p.Stride+sx]
			case w.Table > 0:
				v = 70
			}
			out.Pix[y*out.Stride+x] = v
		}
	}
	return out
}

func blurred(p *image.Gray) *image.Gray {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewGray(p.Rect)
	for y := range h {
		for x := range w {
			sum, n := 0, 0
			for yy := max(0, y-1); yy <= min(h-1, y+1); yy++ {
				for xx := max(0, x-1); xx <= min(w-1, x+1); xx++ {
					sum += int(p.Pix[yy*p.Stride+xx])
					n++
				}
			}
			out.Pix[y*out.Stride+x] = uint8(sum / n)
		}
	}
	return out
}

// quarter turns a picture a quarter to the left, as a phone held to the right sees it.
func quarter(p *image.Gray) *image.Gray {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			out.Pix[(w-1-x)*out.Stride+y] = p.Pix[y*p.Stride+x]
		}
	}
	return out
}

// held writes in the file how the phone was held.
func held(photo []byte, turns int) []byte {
	if turns%4 == 0 {
		return photo
	}
	number := map[int]byte{1: 6, 2: 3, 3: 8}[turns%4]
	told := []byte{0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, number, 0, 0, 0, 0, 0, 0}
	return append(append(bytes.Clone(photo[:2]), told...), photo[2:]...)
}
