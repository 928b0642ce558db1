package cashbox

import (
	"crypto/sha256"
	"net/http"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
)

// MaxAttachment is the largest photo or PDF accepted, in bytes.
const MaxAttachment = 5 << 20

// File is a photo or PDF of a receipt.
type File struct {
	ID, Name, MediaType string
	Content             []byte
}

// accepted maps what a file’s first bytes say it is to the extension it is served with.
var accepted = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "application/pdf": ".pdf"}

// Attach keeps a photo or PDF, checked by its content, whatever its name says. It gives its id.
func Attach(tx *db.Tx, name string, content []byte, by string) (string, error) {
	refuse := func(message string) (string, error) {
		return "", fault.New(fault.Invalid, "Corrigez les champs signalés.").Field("file", message)
	}
	if len(content) == 0 {
		return refuse("Le fichier est vide.")
	}
	if len(content) > MaxAttachment {
		return refuse("Le fichier dépasse 5\u00a0Mo. Prenez une photo plus légère ou réduisez-la.")
	}
	kind := http.DetectContentType(content)
	extension, ok := accepted[kind]
	if !ok {
		return refuse("Seuls les photos (JPEG, PNG, WebP) et les PDF sont acceptés.")
	}
	f := File{ID: id.New(), Name: cleanName(name, extension), MediaType: kind, Content: content}
	digest := sha256.Sum256(content)
	return f.ID, insertFile(tx, f, digest[:], by)
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
	if name = strings.TrimSpace(name); name == "" {
		name = "justificatif"
	}
	if r := []rune(name); len(r) > 60 {
		name = string(r[:60])
	}
	return name + extension
}
