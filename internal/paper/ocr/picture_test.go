package ocr

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

// corner is a white picture with a black corner at the top left.
func corner(w, h int) *image.Gray {
	p := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			if x >= w/4 || y >= h/4 {
				p.SetGray(x, y, color.Gray{Y: 255})
			}
		}
	}
	return p
}

func pngOf(t *testing.T, p image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, p); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// claiming is a small PNG whose head says other dimensions.
func claiming(t *testing.T, w, h uint32) []byte {
	t.Helper()
	file := pngOf(t, corner(300, 300))
	binary.BigEndian.PutUint32(file[16:], w)
	binary.BigEndian.PutUint32(file[20:], h)
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
	return file
}

func TestAPhotoIsRefusedByItsHeadBeforeItIsDecoded(t *testing.T) {
	for name, c := range map[string]struct {
		photo []byte
		want  error
	}{
		"a picture":                      {pngOf(t, corner(300, 300)), nil},
		"nothing":                        {nil, ErrPicture},
		"a page of HTML":                 {[]byte("<!doctype html><script>"), ErrPicture},
		"three bytes of JPEG":            {[]byte{0xff, 0xd8, 0xff}, ErrPicture},
		"a small file, a vast picture":   {claiming(t, 50_000, 50_000), ErrVast},
		"as wide as numbers go":          {claiming(t, 1<<31-1, 1<<31-1), ErrPicture},
		"a long strip of a vast surface": {claiming(t, 200, 200_000), ErrVast},
		"a stamp":                        {pngOf(t, corner(120, 400)), ErrTiny},
	} {
		if err := Check(c.photo); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, err := prepare(claiming(t, 400, 400)); !errors.Is(err, ErrPicture) {
		t.Errorf("a picture that ends before its head says: %v", err)
	}
}

func TestAPictureIsTurnedAsItsCameraWasHeld(t *testing.T) {
	// where the black corner of the file stands once upright
	for held, want := range map[int]image.Point{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}} {
		p := upright(corner(40, 60), held)
		if wide := held < 5; wide != (p.Rect.Dx() == 40) {
			t.Errorf("held %d: %v", held, p.Rect)
		}
		x, y := want.X*(p.Rect.Dx()-1), want.Y*(p.Rect.Dy()-1)
		if p.GrayAt(x, y).Y != 0 || p.GrayAt(p.Rect.Dx()-1-x, p.Rect.Dy()-1-y).Y != 255 {
			t.Errorf("held %d: the corner is not at %v", held, want)
		}
	}
}

func TestTheFileSaysHowTheCameraWasHeld(t *testing.T) {
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, corner(300, 300), nil); err != nil {
		t.Fatal(err)
	}
	exif := func(order binary.ByteOrder, mark string, value uint16) []byte {
		b := append([]byte("Exif\x00\x00"), mark...)
		for _, n := range []uint16{42} {
			b = append(b, byteOf(order, n)...)
		}
		b = append(b, long(order, 8)...)
		b = append(b, byteOf(order, 1)...)
		b = append(b, byteOf(order, 0x0112)...)
		b = append(b, byteOf(order, 3)...)
		b = append(b, long(order, 1)...)
		b = append(b, byteOf(order, value)...)
		b = append(b, 0, 0, 0, 0, 0, 0)
		head := []byte{0xff, 0xe1, 0, byte(len(b) + 2)}
		return append(append(append(bytes.Clone(plain.Bytes()[:2]), head...), b...), plain.Bytes()[2:]...)
	}
	for name, c := range map[string]struct {
		photo []byte
		want  int
	}{
		"it says nothing":          {plain.Bytes(), 1},
		"a camera of one kind":     {exif(binary.BigEndian, "MM", 6), 6},
		"and of the other":         {exif(binary.LittleEndian, "II", 8), 8},
		"a number out of the list": {exif(binary.BigEndian, "MM", 12), 1},
		"cut in the middle":        {exif(binary.BigEndian, "MM", 6)[:20], 1},
		"a PNG":                    {pngOf(t, corner(300, 300)), 1},
	} {
		if got := orientation(c.photo); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func byteOf(order binary.ByteOrder, n uint16) []byte {
	b := make([]byte, 2)
	order.PutUint16(b, n)
	return b
}

func long(order binary.ByteOrder, n uint32) []byte {
	b := make([]byte, 4)
	order.PutUint32(b, n)
	return b
}

func FuzzTheHeadOfAPhotoNeverStopsTheProgram(f *testing.F) {
	f.Add([]byte{0xff, 0xd8, 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1})
	f.Fuzz(func(t *testing.T, photo []byte) {
		if held := orientation(photo); held < 1 || held > 8 {
			t.Errorf("held %d", held)
		}
	})
}

func TestAShadowAcrossThePaperIsTakenAway(t *testing.T) {
	p := image.NewGray(image.Rect(0, 0, 400, 100))
	for y := range 100 {
		for x := range 400 {
			light := 240 - x/2 // down to 40 at the right
			if y%20 < 4 {
				light /= 3 // ink
			}
			p.SetGray(x, y, color.Gray{Y: uint8(light)})
		}
	}
	even := evenLight(p)
	for _, x := range []int{40, 200, 360} {
		if ink, paper := even.GrayAt(x, 42).Y, even.GrayAt(x, 51).Y; ink > 110 || paper < 220 {
			t.Errorf("at %d the ink is %d and the paper %d", x, ink, paper)
		}
	}
}

func TestLinesAreMadeLevel(t *testing.T) {
	slanted := image.NewGray(image.Rect(0, 0, 400, 300))
	for y := range 300 {
		for x := range 400 {
			v := uint8(255)
			if at := (y + 1000 - (x-200)*70/1000) % 24; at < 8 {
				v = 0
			}
			slanted.SetGray(x, y, color.Gray{Y: v})
		}
	}
	straight := level(slanted)
	changes := 0
	for x := 41; x < 360; x++ {
		if straight.GrayAt(x, 150) != straight.GrayAt(x-1, 150) {
			changes++
		}
	}
	if changes > 4 {
		t.Errorf("a row crosses %d edges of lines", changes)
	}
	blank := image.NewGray(image.Rect(0, 0, 1000, 300))
	for i := range blank.Pix {
		blank.Pix[i] = 250
	}
	if level(blank) != blank {
		t.Error("a picture without lines is moved")
	}
}

func TestPicturesAreBroughtToAMiddlingSize(t *testing.T) {
	for name, c := range map[string]struct{ w, h, want int }{
		"a small one is made larger":  {400, 800, 800},
		"a middling one is left":      {1200, 2000, 1200},
		"a large one is made smaller": {3000, 4000, 1600},
		"a very long one too":         {1000, 20_000, 0},
	} {
		got := sized(image.NewGray(image.Rect(0, 0, c.w, c.h)))
		if c.want > 0 && got.Rect.Dx() != c.want || got.Rect.Dx()*got.Rect.Dy() > mostToRead {
			t.Errorf("%s: %v", name, got.Rect)
		}
	}
}
