// Package ocr reads what is printed on a photo of paper. The reading itself is done by Tesseract, another program that the machine may have
// or not: it is run for each photo, with a time limit, few at once, and without it everything else goes on (decision 0092).
//
// A photo comes from anybody: its size in pixels is looked at before it is decoded, and Tesseract never sees its bytes. It is given the
// pixels again, upright, in greys, at a size it reads well and with an even light.
package ocr

import (
	"errors"
	"strings"
)

// Why a photo cannot be read.
var (
	ErrAbsent   = errors.New("ocr: the program tesseract is not installed")
	ErrNoFrench = errors.New("ocr: tesseract has no data for French")
	ErrSlow     = errors.New("ocr: the photo takes too long to read")
	ErrPicture  = errors.New("ocr: not a JPEG or PNG picture, or a broken one")
	ErrVast     = errors.New("ocr: the picture has too many pixels")
	ErrTiny     = errors.New("ocr: the picture has too few pixels")
)

// Word is a word as it was read, with how sure the reading is and where it stands across the paper.
type Word struct {
	Text  string `json:"text"`
	Sure  int    `json:"sure"` // from 0 to 100
	Left  int    `json:"left"` // pixels from the left of the picture that was read
	Right int    `json:"right"`
}

// Line is a printed line, from left to right.
type Line []Word

// Text is the line with a space between words.
func (l Line) Text() string {
	words := make([]string, len(l))
	for i, w := range l {
		words[i] = w.Text
	}
	return strings.Join(words, " ")
}
