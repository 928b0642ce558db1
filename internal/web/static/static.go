// Package static holds the files every page needs (look, icons, font, scripts), embedded in the program. Each one is served
// under an address that carries the hash of its content and may be kept for ever; scripts are modules that import each other
// by name, so they keep a stable address under /static/js/ and are checked again by their ETag.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
)

//go:embed css/*.css js/*.js img police manifest.json
var files embed.FS

// sheets is the order of the cascade: tokens, then the plain elements, then components, then what adapts them.
var sheets = []string{
	"jetons", "base", "charpente", "boutons", "cartes", "champs", "tableaux", "graphiques", "dialogues", "journees", "journee", "comptage", "ecrans", "reglages", "equipe", "tresorerie", "cabinet", "guide", "impression",
}

// Asset is one file ready to be served.
type Asset struct {
	Name string // as pages name it: encaisse.css, icones.svg
	URL  string
	Type string // media type
	ETag string
	Body []byte
	Gzip func() []byte // made when first asked for; nil for what is compressed already
}

// URL is the address of a file by its name. A name that does not exist is a defect of the page and panics: the tests of the
// components meet it first.
func URL(name string) string {
	asset, known := built().byName[name]
	if !known {
		panic("static: no file named " + name)
	}
	return asset.URL
}

// ScriptURL is the address of a script module by its name without extension: base, money.
func ScriptURL(name string) string { return "/static/js/" + name + ".js" }

type library struct {
	byName map[string]*Asset
	byURL  map[string]*Asset
}

// built makes the library once, when a first page or address is asked for: a command that serves nothing does not pay for it.
var built = sync.OnceValue(func() *library {
	lib := &library{byName: map[string]*Asset{}, byURL: map[string]*Asset{}}
	for _, dir := range []string{"img", "police"} {
		for _, name := range list(files, dir) {
			lib.add(name, read(path.Join(dir, name)))
		}
	}
	lib.add("encaisse.css", lib.link(stylesheet()))
	lib.add("encaisse.webmanifest", lib.link(read("manifest.json")))
	for _, name := range list(files, "js") {
		lib.put(module(name, read("js/"+name)))
	}
	return lib
})

func stylesheet() []byte {
	var all bytes.Buffer
	for _, name := range sheets {
		all.Write(read("css/" + name + ".css"))
		all.WriteByte('\n')
	}
	return all.Bytes()
}

// link replaces {{name}} by the address of the file of that name, so that a hashed file can point to another one.
func (lib *library) link(text []byte) []byte {
	for name, asset := range lib.byName {
		text = bytes.ReplaceAll(text, []byte("{{"+name+"}}"), []byte(asset.URL))
	}
	if i := bytes.Index(text, []byte("{{")); i >= 0 {
		panic(fmt.Sprintf("static: a link to no file: %.40s", text[i:]))
	}
	return text
}

func (lib *library) add(name string, body []byte) {
	digest := hash(body)
	lib.put(pack(name, "/static/"+digest+"/"+name, digest, body))
}

func (lib *library) put(asset *Asset) {
	lib.byName[asset.Name], lib.byURL[asset.URL] = asset, asset
}

// module makes the asset of a script.
func module(name string, body []byte) *Asset {
	return pack(name, "/static/js/"+name, hash(body), body)
}

func pack(name, url, digest string, body []byte) *Asset {
	asset := &Asset{Name: name, URL: url, Type: mediaType(name), ETag: `"` + digest + `"`, Body: body}
	if !strings.HasPrefix(asset.Type, "image/png") && !strings.HasPrefix(asset.Type, "font/") {
		asset.Gzip = sync.OnceValue(func() []byte { return squeeze(body) })
	}
	return asset
}

func squeeze(body []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		panic(err)
	}
	if _, err = w.Write(body); err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // a buffer in memory does not fail
	}
	return out.Bytes()
}

func hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:8])
}

// mediaType is the type of a file by its extension. The list is ours: that of the machine may differ from one to another.
func mediaType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".woff2":
		return "font/woff2"
	case ".webmanifest":
		return "application/manifest+json"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	panic("static: a file of unknown type: " + name)
}

func list(from fs.FS, dir string) []string {
	entries, err := fs.ReadDir(from, dir)
	if err != nil {
		panic(err) // embedded: cannot miss
	}
	var names []string
	for _, entry := range entries {
		if !entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	return names
}

func read(name string) []byte {
	body, err := fs.ReadFile(files, strings.TrimPrefix(path.Clean(name), "/"))
	if err != nil {
		panic(err)
	}
	return body
}
