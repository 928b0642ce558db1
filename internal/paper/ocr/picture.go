package ocr

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
)

// The sizes in pixels. A paper whose lines are too small or too large is not read well, and a small file may hold a vast picture.
const (
	mostPixels  = 25_000_000
	leastSide   = 200
	wideEnough  = 900  // below, the picture is made twice as large
	widest      = 1600 // above, it is made smaller
	mostToRead  = 6_000_000
	edgeBlur    = 8  // pixels between a dark table and light paper
	lightRadius = 32 // pixels around a point that tell how light the paper is there
)

// Check looks at the head of a photo: ErrPicture when it is none, ErrVast and ErrTiny by its size in pixels.
func Check(photo []byte) error {
	_, err := format(photo)
	return err
}

// format finds how to decode a photo whose head is sound.
func format(photo []byte) (func([]byte) (image.Image, error), error) {
	config, decode, err := jpeg.DecodeConfig, fromJPEG, error(nil)
	if bytes.HasPrefix(photo, []byte("\x89PNG")) {
		config, decode = png.DecodeConfig, fromPNG
	}
	size, err := config(bytes.NewReader(photo))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %v", ErrPicture, err)
	case size.Width > mostPixels || size.Height > mostPixels || size.Width*size.Height > mostPixels:
		return nil, ErrVast
	case size.Width < leastSide || size.Height < leastSide:
		return nil, ErrTiny
	}
	return decode, nil
}

func fromJPEG(photo []byte) (image.Image, error) { return jpeg.Decode(bytes.NewReader(photo)) }

func fromPNG(photo []byte) (image.Image, error) { return png.Decode(bytes.NewReader(photo)) }

// prepare decodes a photo and makes of it what reads best: upright, in greys, of a middling size, evenly lit, its lines level. Decision 0092
// says what each is worth.
func prepare(photo []byte) (*image.Gray, error) {
	decode, err := format(photo)
	if err != nil {
		return nil, err
	}
	picture, err := decode(photo)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrPicture, err)
	}
	grey := upright(greys(picture), orientation(photo))
	return level(evenLight(bordered(sized(grey)))), nil
}

// greys gives the lightness of a picture; what is transparent is white paper.
func greys(picture image.Image) *image.Gray {
	b := picture.Bounds()
	grey := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	switch p := picture.(type) {
	case *image.YCbCr:
		for y := range b.Dy() {
			row := p.YOffset(b.Min.X, b.Min.Y+y)
			copy(grey.Pix[y*grey.Stride:], p.Y[row:row+b.Dx()])
		}
	case *image.Gray:
		draw.Draw(grey, grey.Rect, p, b.Min, draw.Src)
	default:
		draw.Draw(grey, grey.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
		draw.Draw(grey, grey.Rect, picture, b.Min, draw.Over)
	}
	return grey
}

// upright turns a picture as its camera says it was held: 1 to 8, the numbers of EXIF.
func upright(p *image.Gray, held int) *image.Gray {
	if held <= 1 {
		return p
	}
	w, h := p.Rect.Dx(), p.Rect.Dy()
	turned := image.NewGray(image.Rect(0, 0, w, h))
	if held >= 5 {
		turned = image.NewGray(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch held {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			turned.Pix[ty*turned.Stride+tx] = p.Pix[y*p.Stride+x]
		}
	}
	return turned
}

// sized brings a picture to a size whose letters read well.
func sized(p *image.Gray) *image.Gray {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	tw, th := w, h
	if w < wideEnough {
		tw, th = 2*w, 2*h
	}
	if tw > widest {
		tw, th = widest, h*widest/w
	}
	for tw*th > mostToRead {
		tw, th = tw*9/10, th*9/10
	}
	if tw == w || tw == 0 || th == 0 {
		return p
	}
	return scaled(p, tw, th)
}

// scaled draws a picture at another size: each point is the mean of those it covers, or lies between its neighbours.
func scaled(p *image.Gray, tw, th int) *image.Gray {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, tw, th))
	for y := range th {
		for x := range tw {
			if tw < w {
				out.Pix[y*out.Stride+x] = mean(p, x*w/tw, y*h/th, max(x*w/tw+1, (x+1)*w/tw), max(y*h/th+1, (y+1)*h/th))
			} else {
				out.Pix[y*out.Stride+x] = between(p, x*w*256/tw, y*h*256/th)
			}
		}
	}
	return out
}

func mean(p *image.Gray, x0, y0, x1, y1 int) uint8 {
	sum := 0
	for y := y0; y < y1; y++ {
		for _, v := range p.Pix[y*p.Stride+x0 : y*p.Stride+x1] {
			sum += int(v)
		}
	}
	return uint8(sum / ((x1 - x0) * (y1 - y0)))
}

// between gives the lightness at a place in 256ths of a pixel.
func between(p *image.Gray, x, y int) uint8 {
	x0, y0, fx, fy := x>>8, y>>8, x&255, y&255
	x1, y1 := min(x0+1, p.Rect.Dx()-1), min(y0+1, p.Rect.Dy()-1)
	at := func(x, y int) int { return int(p.Pix[y*p.Stride+x]) }
	top := at(x0, y0)*(256-fx) + at(x1, y0)*fx
	bottom := at(x0, y1)*(256-fx) + at(x1, y1)*fx
	return uint8((top*(256-fy) + bottom*fy) >> 16)
}

// bordered makes white what is dark from the edge of the picture to the paper: the table it lies on, whose edge reads as letters.
func bordered(p *image.Gray) *image.Gray {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	dark := uint8(int(mean(p, w/4, h/4, 3*w/4, 3*h/4)) * 9 / 20)
	sweep := func(length, start, step int) {
		light := 0
		for i := range length {
			if at := start + i*step; p.Pix[at] <= dark {
				light = 0
			} else if light++; light == 3 {
				length = i + 1
				break
			}
		}
		if length < 6 { // the paper goes to the edge
			return
		}
		for i := range length + edgeBlur {
			p.Pix[start+i*step] = 255
		}
	}
	for y := range h {
		sweep(w/3, y*p.Stride, 1)
		sweep(w/3, y*p.Stride+w-1, -1)
	}
	for x := range w {
		sweep(h/3, x, p.Stride)
		sweep(h/3, (h-1)*p.Stride+x, -p.Stride)
	}
	return p
}

// evenLight divides a picture by the lightness of the paper around each point, so that a shadow across it does not count.
func evenLight(p *image.Gray) *image.Gray {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	sums := make([]int, (w+1)*(h+1)) // of all points above and to the left
	for y := range h {
		row := 0
		for x := range w {
			row += int(p.Pix[y*p.Stride+x])
			sums[(y+1)*(w+1)+x+1] = sums[y*(w+1)+x+1] + row
		}
	}
	out := image.NewGray(p.Rect)
	for y := range h {
		y0, y1 := max(0, y-lightRadius), min(h, y+lightRadius+1)
		for x := range w {
			x0, x1 := max(0, x-lightRadius), min(w, x+lightRadius+1)
			around := (sums[y1*(w+1)+x1] - sums[y0*(w+1)+x1] - sums[y1*(w+1)+x0] + sums[y0*(w+1)+x0]) / ((x1 - x0) * (y1 - y0))
			out.Pix[y*out.Stride+x] = uint8(min(255, int(p.Pix[y*p.Stride+x])*230/max(around, 24)))
		}
	}
	return out
}
