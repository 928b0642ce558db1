package ocr

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"encaisse/internal/test/need"
	"encaisse/internal/test/receipt"
)

// program puts a script in the place of Tesseract for a test.
func program(t *testing.T, script string) *Reader {
	t.Helper()
	folder := t.TempDir()
	if script != "" {
		if err := os.WriteFile(filepath.Join(folder, "tesseract"), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", folder+":/usr/bin:/bin")
	return New()
}

const french = `[ "$1" = --list-langs ] && { echo "List (1):"; echo fra; exit; }` + "\n"

func photo(t *testing.T) []byte { return pngOf(t, corner(300, 300)) }

func TestWhatIsMissingIsSaidAndLookedForAgain(t *testing.T) {
	absent := program(t, "")
	t.Setenv("PATH", t.TempDir())
	if err := absent.Ready(context.Background()); !errors.Is(err, ErrAbsent) {
		t.Errorf("without the program: %v", err)
	}
	if _, err := absent.Read(context.Background(), photo(t)); !errors.Is(err, ErrAbsent) {
		t.Errorf("a photo without the program: %v", err)
	}
	english := program(t, `echo "List (1):"; echo eng`)
	if err := english.Ready(context.Background()); !errors.Is(err, ErrNoFrench) {
		t.Errorf("without French: %v", err)
	}
	program(t, french)
	if err := english.Ready(context.Background()); err != nil {
		t.Errorf("once it is installed: %v", err)
	}
}

func TestAProgramThatFailsOrNeverEndsIsNoReading(t *testing.T) {
	for name, c := range map[string]struct{ script, want string }{
		"it fails":              {french + "echo 'no memory' >&2; exit 3", "no memory"},
		"it prints no table":    {french + "cat >/dev/null; echo bonjour", "columns"},
		"it never stops":        {french + "cat >/dev/null; yes", "too much"},
		"words without numbers": {french + `cat >/dev/null; printf '5\t1\t1\t1\t1\t1\tx\t1\t1\t1\t90\tmot\n'`, "invalid syntax"},
	} {
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		_, err := program(t, c.script).Read(ctx, photo(t))
		cancel()
		if err == nil || !strings.Contains(err.Error(), c.want) && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheProgramLearnsNothingOfOurs(t *testing.T) {
	t.Setenv("ENCAISSE_POSTGRES", "password=secret")
	r := program(t, french+`cat >/dev/null; printf '5\t1\t1\t1\t1\t1\t1\t1\t1\t1\t90\t%s\n' "$(env | grep -c ENCAISSE)-$OMP_THREAD_LIMIT"`)
	lines, err := r.Read(context.Background(), photo(t))
	if err != nil || len(lines) != 1 || lines[0].Text() != "0-1" {
		t.Errorf("%v %v", lines, err)
	}
}

func TestPhotosWaitTheirTurnAndWhoGoesAwayIsNotServed(t *testing.T) {
	r := program(t, french)
	for range cap(r.turns) {
		r.turns <- struct{}{}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, err := r.Read(ctx, photo(t)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestATableOfWordsIsReadLineByLine(t *testing.T) {
	table := "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" +
		"4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n" +
		"5\t1\t1\t1\t1\t2\t500\t0\t90\t20\t41.5\t182,35\n5\t1\t1\t1\t1\t1\t10\t0\t140\t20\t96.2\tESPECES\n5\t1\t1\t1\t1\t3\t600\t0\t9\t20\t95\t \n" +
		"4\t1\t1\t1\t2\t0\t0\t0\t9\t9\t-1\t\n" +
		"5\t1\t1\t1\t2\t1\t10\t30\t20\t20\t120\tCB\n"
	lines, err := parse([]byte(table))
	if err != nil || len(lines) != 2 || lines[0].Text() != "ESPECES 182,35" || lines[0][1].Sure != 41 || lines[0][1].Right != 590 || lines[1][0].Sure != 100 {
		t.Errorf("%+v %v", lines, err)
	}
}

func TestATicketIsReadInAFewSeconds(t *testing.T) {
	need.Tesseract(t)
	started := time.Now()
	lines, err := New().Read(context.Background(), receipt.Photo(t, receipt.Grocer(), receipt.Wears()[1]))
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, l := range lines {
		text += l.Text() + "\n"
	}
	for _, want := range []string{"EPICERIE 292,35", "CARTE BANCAIRE 230,00", "20/11/2026"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if took := time.Since(started); took > Patience/2 {
		t.Errorf("reading took %s", took)
	}
}
