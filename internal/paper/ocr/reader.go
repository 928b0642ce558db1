package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// Patience is how long a photo may take, the wait for its turn included.
const Patience = 20 * time.Second

// mostRead bounds what is taken of Tesseract’s answer, and of what it complains about.
const mostRead, mostSaid = 4 << 20, 4 << 10

// Reader runs Tesseract.
type Reader struct {
	turns chan struct{} // as many photos at once as it holds

	mu      sync.Mutex
	program string // where it was found with its French data; "" until then
}

// New makes a reader that leaves half of the processors to the tills.
func New() *Reader { return &Reader{turns: make(chan struct{}, max(1, runtime.NumCPU()/2))} }

// elsewhere are the places where installers put the program without telling the search path.
var elsewhere = []string{`C:\Program Files\Tesseract-OCR\tesseract.exe`, "/opt/homebrew/bin/tesseract", "/usr/local/bin/tesseract"}

func find() (string, error) {
	for _, name := range append([]string{"tesseract"}, elsewhere...) {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrAbsent
}

// Ready tells whether photos can be read here: ErrAbsent or ErrNoFrench otherwise. What is missing is looked for again each time: it may
// have been installed meanwhile.
func (r *Reader) Ready(ctx context.Context) error {
	_, err := r.ready(ctx)
	return err
}

func (r *Reader) ready(ctx context.Context) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.program != "" {
		return r.program, nil
	}
	program, err := find()
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	list, err := run(ctx, program, nil, "--list-langs")
	if err != nil {
		return "", fmt.Errorf("%w: %v", ErrAbsent, err)
	}
	if !slices.Contains(strings.Fields(string(list)), "fra") {
		return "", ErrNoFrench
	}
	r.program = program
	return program, nil
}

// Read reads a photo, JPEG or PNG, line by line from the top. Errors are those of the package, or a failure of the program.
func (r *Reader) Read(ctx context.Context, photo []byte) ([]Line, error) {
	if err := Check(photo); err != nil {
		return nil, err
	}
	program, err := r.ready(ctx)
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	select {
	case r.turns <- struct{}{}:
		defer func() { <-r.turns }()
	case <-limited.Done():
		return nil, late(ctx)
	}
	picture, err := prepare(photo)
	if err != nil {
		return nil, err
	}
	// One uniform block of text, because a ticket is one: its columns are words of the same lines.
	table, err := run(limited, program, pgm(picture), "stdin", "stdout", "-l", "fra", "--psm", "6", "--dpi", "300", "tsv")
	if err != nil {
		if limited.Err() != nil {
			return nil, late(ctx)
		}
		return nil, err
	}
	return parse(table)
}

// late says why a reading was cut: whoever asked went away, or it took too long.
func late(asked context.Context) error {
	if err := asked.Err(); err != nil {
		return err
	}
	return ErrSlow
}

// kept are the variables of the environment the program is given: where to find its parts, and nothing of ours.
var kept = []string{"PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "LANG", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT"}

// run runs the program without a shell and gives what it printed. One thread each: other photos and the tills need the rest.
func run(ctx context.Context, program string, input []byte, arguments ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, program, arguments...)
	command.WaitDelay = time.Second
	command.Env = []string{"OMP_THREAD_LIMIT=1"}
	for _, name := range kept {
		if value, is := os.LookupEnv(name); is {
			command.Env = append(command.Env, name+"="+value)
		}
	}
	command.Stdin = bytes.NewReader(input)
	out, said := bounded{most: mostRead}, bounded{most: mostSaid}
	command.Stdout, command.Stderr = &out, &said
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("ocr: tesseract: %w: %s", err, strings.TrimSpace(said.String()))
	}
	if out.over {
		return nil, errors.New("ocr: tesseract answers too much")
	}
	return out.Bytes(), nil
}

// bounded keeps the first bytes written to it and lets the rest go.
type bounded struct {
	bytes.Buffer
	most int
	over bool
}

func (b *bounded) Write(p []byte) (int, error) {
	room := b.most - b.Len()
	if len(p) > room {
		b.over = true
		b.Buffer.Write(p[:max(0, room)])
		return len(p), nil
	}
	return b.Buffer.Write(p)
}

// ReadFrom keeps the bound: that of the buffer would not.
func (b *bounded) ReadFrom(r io.Reader) (int64, error) { return io.Copy(struct{ io.Writer }{b}, r) }

// pgm is the plainest form of a picture in greys.
func pgm(p *image.Gray) []byte {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := append(make([]byte, 0, w*h+32), fmt.Sprintf("P5\n%d %d\n255\n", w, h)...)
	for y := range h {
		out = append(out, p.Pix[y*p.Stride:y*p.Stride+w]...)
	}
	return out
}
