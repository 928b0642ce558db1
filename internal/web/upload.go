package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
)

// The largest bodies taken. What a form holds besides its files stays in memory, files too: they are bounded by the body.
const (
	formLimit   = 1 << 20
	uploadLimit = 6 << 20
	maxFields   = 5000
	spill       = 32 << 20 // what is still received of a file that is too large, and thrown away
)

// Upload is a file received.
type Upload struct {
	Name string // the last part of the name given, printable, for people only: never a path on our disk
	Type string // media type found in the content itself, not the one announced
	Body []byte
}

// Upload reads a file of the form, of at most max bytes. It is nil when none was chosen.
func (c *Ctx) Upload(field string, max int) (*Upload, error) {
	if c.R.MultipartForm == nil || len(c.R.MultipartForm.File[field]) == 0 {
		return nil, nil
	}
	head := c.R.MultipartForm.File[field][0]
	if head.Filename == "" && head.Size == 0 {
		return nil, nil
	}
	tooLarge := fault.New(fault.Invalid, "Le fichier est trop lourd.").
		Field(field, "Ce fichier est trop lourd\u00a0: "+locale.Hundredths(int64(max)*100>>20)+"\u00a0Mo au plus.")
	if head.Size > int64(max) {
		return nil, tooLarge
	}
	file, err := head.Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	body, err := io.ReadAll(io.LimitReader(file, int64(max)+1))
	if err != nil {
		return nil, err
	}
	if len(body) > max {
		return nil, tooLarge
	}
	if len(body) == 0 {
		return nil, fault.New(fault.Invalid, "Le fichier est vide.").Field(field, "Ce fichier est vide.")
	}
	mediaType, _, err := mime.ParseMediaType(http.DetectContentType(body))
	if err != nil {
		mediaType = "application/octet-stream"
	}
	return &Upload{Name: printable(head.Filename), Type: mediaType, Body: body}, nil
}

// printable keeps of a file's name its last part, without what does not print, at most 120 characters.
func printable(name string) string {
	name = filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > 120 {
		name = string(runes[:120])
	}
	if name == "" || name == "." || name == "/" {
		return "fichier"
	}
	return name
}

// readBody reads what was posted, before anything else looks at it. Its size is bounded by the caller. Files are taken only by
// a route that says so.
func readBody(r *http.Request, files bool) error {
	var err error
	switch mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); mediaType {
	case "multipart/form-data":
		if err = r.ParseMultipartForm(uploadLimit); err != nil {
			break
		}
		if len(r.MultipartForm.File) > 0 && !files {
			return fault.New(fault.Invalid, "Cette page ne reçoit pas de fichier.")
		}
		r.PostForm = r.MultipartForm.Value
	case "application/x-www-form-urlencoded", "":
		err = r.ParseForm()
	default:
		return fault.New(fault.Invalid, "Ce format d’envoi n’est pas accepté.")
	}
	if err != nil {
		return bodyFault(err)
	}
	if len(r.PostForm) > maxFields {
		return fault.New(fault.TooLarge, "Ce formulaire contient trop de champs.")
	}
	return nil
}

func bodyFault(err error) error {
	if _, over := errors.AsType[*http.MaxBytesError](err); over {
		return fault.Wrap(fault.TooLarge, "L’envoi est trop lourd. Choisissez un fichier plus léger, par exemple une photo de moindre qualité.", err)
	}
	return fault.Wrap(fault.Invalid, "L’envoi n’est pas arrivé en entier. Recommencez.", err)
}
