package cashbox

import (
	"bytes"
	"crypto/sha256"
	"image/jpeg"
	"image/png"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
)

// MaxAttachment is the largest photo or PDF accepted, in bytes.
const MaxAttachment = 5 << 20

// File is a photo or PDF of a receipt.
type File struct {
	ID, Name, MediaType string
	Content             []byte
}

// IsImage tells whether a page can show the file.
func (f File) IsImage() bool { return strings.HasPrefix(f.MediaType, "image/") }

// format is a kind of file accepted: how its content is recognised and the extension it is served with.
type format struct {
	mediaType, extension string
	is                   func(content []byte) bool
}

var formats = []format{
	{"image/jpeg", ".jpg", isJPEG},
	{"image/png", ".png", isPNG},
	{"image/webp", ".webp", isWebP},
	{"application/pdf", ".pdf", isPDF},
}

// Attach keeps a photo or PDF, checked by its content, whatever its name says. It gives its id.
func Attach(tx *db.Tx, name string, content []byte, by string) (string, error) {
	if len(content) == 0 {
		return "", refuse("file", "Le fichier est vide.")
	}
	if len(content) > MaxAttachment {
		return "", refuse("file", "Le fichier dépasse 5\u00a0Mo. Prenez une photo plus légère ou réduisez-la.")
	}
	for _, kind := range formats {
		if kind.is(content) {
			f := File{ID: id.New(), Name: cleanName(name, kind.extension), MediaType: kind.mediaType, Content: content}
			digest := sha256.Sum256(content)
			return f.ID, insertFile(tx, f, digest[:], by)
		}
	}
	return "", refuse("file", "Ce fichier ne s’ouvre pas. Choisissez une photo (JPEG, PNG ou WebP) ou un PDF.")
}

// A picture is recognised by its head, read in full: three right bytes before a page of HTML are not a photo.
func isJPEG(content []byte) bool {
	_, err := jpeg.DecodeConfig(bytes.NewReader(content))
	return err == nil
}

func isPNG(content []byte) bool {
	_, err := png.DecodeConfig(bytes.NewReader(content))
	return err == nil
}

// isWebP reads the container: RIFF, a length that the file holds, WEBP, then a chunk of picture.
func isWebP(content []byte) bool {
	if len(content) < 30 || string(content[:4]) != "RIFF" || string(content[8:15]) != "WEBPVP8" || !strings.ContainsRune(" LX", rune(content[15])) {
		return false
	}
	length := int(content[4]) | int(content[5])<<8 | int(content[6])<<16 | int(content[7])<<24
	return length >= 22 && length+8 <= len(content)
}

// isPDF wants the head at the very beginning and the mark of the end near the end.
func isPDF(content []byte) bool {
	tail := content[max(0, len(content)-2048):]
	return bytes.HasPrefix(content, []byte("%PDF-")) && bytes.Contains(tail, []byte("%%EOF"))
}

// cleanName keeps the letters, digits, dots, dashes and spaces of a file’s base name, and gives it the extension of its content.
func cleanName(name, extension string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	if i := strings.LastIndex(name, "."); i > 0 {
		name = name[:i]
	}
	name = strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' || r == '.' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r >= 0xC0 && r <= 0x17F {
			return r
		}
		return -1
	}, name)
	if name = strings.Trim(name, " ."); name == "" {
		name = "justificatif"
	}
	if r := []rune(name); len(r) > 60 {
		name = string(r[:60])
	}
	return name + extension
}
