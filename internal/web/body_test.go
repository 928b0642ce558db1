package web

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

func multipartBody(t *testing.T, fields map[string]string, fileField, fileName string, content []byte) (io.Reader, string) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, value := range fields {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile(fileField, fileName)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &body, w.FormDataContentType()
}

func setBody(r *http.Request, body io.Reader, kind string) {
	r.Body = io.NopCloser(body)
	if kind == "" {
		kind = "application/x-www-form-urlencoded"
	}
	r.Header.Set("Content-Type", kind)
}

func TestAFormOfMoreThanOneMegabyteIsRefused(t *testing.T) {
	h := open(t, nil)
	if got := h.ask("POST", "/compte", url.Values{"note": {strings.Repeat("a", 1<<20-100)}}, nil).Code; got != 200 {
		t.Errorf("just under: %d", got)
	}
	answer := h.ask("POST", "/compte", url.Values{"note": {strings.Repeat("a", 1<<20)}}, nil)
	if answer.Code != 413 {
		t.Errorf("just over: %d", answer.Code)
	}
	mustContain(t, answer.Body.String(), "trop lourd")
	many := url.Values{}
	for i := range maxFields + 1 {
		many.Set(strconv.Itoa(i), "")
	}
	if got := h.ask("POST", "/compte", many, nil).Code; got != 413 {
		t.Errorf("too many fields: %d", got)
	}
	if got := h.ask("POST", "/compte", nil, func(r *http.Request) { setBody(r, strings.NewReader("a=b"), "text/plain") }).Code; got != 422 {
		t.Errorf("a body that is no form: %d", got)
	}
}

func TestFilesAreTakenWhereARouteSaysSo(t *testing.T) {
	h := open(t, nil)
	png := append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 3<<20)...)
	send := func(target, field, name string, content []byte) (int, string) {
		body, kind := multipartBody(t, map[string]string{"memo": "timbres"}, field, name, content)
		answer := h.ask("POST", target, nil, func(r *http.Request) { setBody(r, body, kind) })
		return answer.Code, answer.Body.String()
	}
	code, said := send("/d/marche/recus", "photo", `C:\photos\..\reçu du 20.PNG`, png)
	if code != 200 {
		t.Fatalf("3 MB: %d %s", code, said)
	}
	mustContain(t, said, `"name":"reçu du 20.PNG"`, `"type":"image/png"`, `"memo":"timbres"`)
	if code, said = send("/d/marche/recus", "photo", "grand.png", make([]byte, 7<<20)); code != 413 || !strings.Contains(said, "moindre qualité") {
		t.Errorf("7 MB: %d", code)
	}
	if code, said = send("/d/marche/recus", "photo", "grand.png", make([]byte, 5<<20+512)); code != 422 || !strings.Contains(said, "5\u00a0Mo au plus") {
		t.Errorf("over the limit of the field: %d %.300s", code, said)
	}
	if code, _ = send("/d/marche/recus", "photo", "vide.png", nil); code != 422 {
		t.Errorf("an empty file: %d", code)
	}
	if code, _ = send("/d/marche/recus", "autre", "x.png", png); code != 200 {
		t.Errorf("no file in the field: %d", code)
	}
	if code, _ = send("/d/marche/journees/2026-11", "photo", "x.png", png[:100]); code != 422 {
		t.Errorf("a file where none is taken: %d", code)
	}
	if _, said = send("/d/marche/recus", "photo", "piege.png", []byte("<html><script>alert(1)</script>")); !strings.Contains(said, `"type":"text/html"`) {
		t.Errorf("the type is believed from the name: %s", said)
	}
}

func TestTheNameOfAFileIsMadeHarmless(t *testing.T) {
	for name, want := range map[string]string{
		"../../etc/passwd": "passwd", `..\..\boot.ini`: "boot.ini", "": "fichier", "/": "fichier", ".": "fichier", "a\x00b\nc.pdf": "abc.pdf", "été.jpg": "été.jpg",
		strings.Repeat("x", 200): strings.Repeat("x", 120),
	} {
		if got := printable(name); got != want {
			t.Errorf("printable(%q) = %q, want %q", name, got, want)
		}
	}
}
