package cashbox_test

import (
	"bytes"
	"image"
	"image/jpeg"
	stdpng "image/png"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/test/dbtest"
)

// png is the smallest photo.
func png(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := stdpng.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpg(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const pdf = "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

// webp is a container with a lossless picture of one pixel.
const webp = "RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"

const page = "<!DOCTYPE html><script>alert(1)</script>"

func TestAReceiptIsKnownByItsContentWhateverItsName(t *testing.T) {
	commented := bytes.Replace(jpg(t), []byte("\xff\xd8"), append([]byte("\xff\xd8\xff\xfe\x00\x2a"), page...), 1)
	for _, c := range []struct {
		name, file string
		content    []byte
		mediaType  string // "": refused
		keptAs     string
	}{
		{"a photo of a phone", "IMG_0042.JPG", jpg(t), "image/jpeg", "IMG_0042.jpg"},
		{"a picture named .html", "reçu.html", png(t), "image/png", "reçu.png"},
		{"a picture whose name climbs the folders", `..\..\etc/passwd.png`, png(t), "image/png", "passwd.png"},
		{"a picture with signs in its name", "a\"b;c\r\nd.png", png(t), "image/png", "abcd.png"},
		{"a picture without a name", "", png(t), "image/png", "justificatif.png"},
		{"a WebP", "a.webp", []byte(webp), "image/webp", "a.webp"},
		{"a PDF", "facture.pdf", []byte(pdf), "application/pdf", "facture.pdf"},
		{"a real photo with a page in its comment is kept, as a photo", "a.jpg", commented, "image/jpeg", "a.jpg"},
		{"a page named .jpg", "a.jpg", []byte(page), "", ""},
		{"a page behind the three first bytes of a JPEG", "a.jpg", append([]byte("\xff\xd8\xff"), page...), "", ""},
		{"a page behind the signature of a PNG", "a.png", append([]byte("\x89PNG\r\n\x1a\n"), page...), "", ""},
		{"a page behind RIFF and WEBP", "a.webp", append([]byte("RIFF\xff\xff\x00\x00WEBPVP8 "), page...), "", ""},
		{"a page with the head of a PDF", "a.pdf", append([]byte("%PDF-1.7\n"), page...), "", ""},
		{"a PDF behind a page", "a.pdf", append([]byte(page), pdf...), "", ""},
		{"a drawing that may run scripts", "a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`), "", ""},
		{"a GIF", "a.gif", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), "", ""},
		{"a program", "a.jpg", []byte("MZ\x90\x00\x03"), "", ""},
		{"nothing", "a.jpg", []byte{}, "", ""},
		{"one byte beyond 5 MB", "a.pdf", append([]byte(pdf), bytes.Repeat([]byte(" "), cashbox.MaxAttachment+1-len(pdf))...), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t, dbtest.SQLite(t))
			var kept string
			err := s.try(func(tx *db.Tx) (err error) {
				kept, err = cashbox.Attach(tx, c.file, c.content, claire)
				return err
			})
			if c.mediaType == "" {
				wantField(t, err, "file")
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			s.read(t, func(q *db.Snapshot) error {
				f, err := cashbox.FileByID(q, kept)
				if f.MediaType != c.mediaType || f.Name != c.keptAs || !bytes.Equal(f.Content, c.content) {
					t.Errorf("kept as %q, %s", f.Name, f.MediaType)
				}
				return err
			})
		})
	}
}

func TestAReceiptOfJustUnder5MBIsKeptOnBothDatabases(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		content := []byte(strings.Repeat(" ", cashbox.MaxAttachment-len(pdf)))
		content = append([]byte("%PDF-1.7\n"), append(content, pdf[len("%PDF-1.7\n"):]...)...)
		m := s.movement(cashbox.Expense)
		s.write(t, func(tx *db.Tx) error {
			return cashbox.RecordWith(tx, m, cashbox.Receipt{Name: "scan.pdf", Content: content}, today, claire)
		})
		s.read(t, func(q *db.Snapshot) error {
			f, err := cashbox.FileByID(q, s.found(t, m.ID).Attachment)
			if len(f.Content) != cashbox.MaxAttachment {
				t.Errorf("%d bytes kept", len(f.Content))
			}
			return err
		})
	})
}

func TestARefusedReceiptRefusesTheMovement(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	m := s.movement(cashbox.PaidIn)
	wantField(t, s.try(func(tx *db.Tx) error {
		return cashbox.RecordWith(tx, m, cashbox.Receipt{Name: "a.jpg", Content: []byte(page)}, today, claire)
	}), "file")
	if got := s.inCash(t); got != 0 {
		t.Errorf("in the drawer %d", got)
	}
	if err := s.record(m); err != nil {
		t.Errorf("the same key without the file: %v", err)
	}
}
