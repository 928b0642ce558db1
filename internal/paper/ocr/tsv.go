package ocr

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The most that is kept of a reading; a ticket has a few dozen lines.
const mostLines, mostWords, mostLetters = 400, 40, 60

// parse reads the table Tesseract prints: a line each for pages, blocks, paragraphs, lines (level 4) and words (level 5).
func parse(table []byte) ([]Line, error) {
	const columns, level, left, width, sure, text = 12, 0, 6, 8, 10, 11
	var lines []Line
	var current Line
	end := func() {
		if len(current) > 0 && len(lines) < mostLines {
			slices.SortFunc(current, func(a, b Word) int { return a.Left - b.Left })
			lines = append(lines, current)
		}
		current = nil
	}
	for n, row := range strings.Split(string(table), "\n") {
		cells := strings.Split(strings.TrimRight(row, "\r"), "\t")
		if n == 0 && cells[0] == "level" || row == "" {
			continue
		}
		if len(cells) != columns {
			return nil, fmt.Errorf("ocr: line %d of tesseract’s table has %d columns", n+1, len(cells))
		}
		if cells[level] != "5" {
			end()
			continue
		}
		word, err := wordOf(cells[left], cells[width], cells[sure], cells[text])
		if err != nil {
			return nil, fmt.Errorf("ocr: line %d of tesseract’s table: %w", n+1, err)
		}
		if word.Text != "" && len(current) < mostWords {
			current = append(current, word)
		}
	}
	end()
	return lines, nil
}

func wordOf(left, width, sure, text string) (w Word, err error) {
	if w.Left, err = strconv.Atoi(left); err != nil {
		return w, err
	}
	across, err := strconv.Atoi(width)
	if err != nil {
		return w, err
	}
	w.Right = w.Left + across
	whole, _, _ := strings.Cut(sure, ".")
	if w.Sure, err = strconv.Atoi(whole); err != nil {
		return w, err
	}
	w.Sure = min(100, max(0, w.Sure))
	w.Text = strings.ToValidUTF8(strings.TrimSpace(text), "")
	if letters := []rune(w.Text); len(letters) > mostLetters {
		w.Text = string(letters[:mostLetters])
	}
	return w, nil
}
