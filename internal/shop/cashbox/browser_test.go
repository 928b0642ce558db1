package cashbox_test

import (
	"bytes"
	"image"
	"image/color"
	stdpng "image/png"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/test/browser"
	"encaisse/internal/test/dbtest"
)

// heavyPhoto is a picture of more than 5 MB.
func heavyPhoto(t *testing.T) string {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 1500, 1300))
	random := rand.New(rand.NewPCG(1, 2))
	for x := range 1500 {
		for y := range 1300 {
			picture.Set(x, y, color.RGBA{uint8(random.Uint32()), uint8(random.Uint32()), uint8(random.Uint32()), 255})
		}
	}
	var b bytes.Buffer
	if err := stdpng.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "reçu du café.png")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestThePagesInARealBrowserOnThreeSizes(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	late := c.movement(cashbox.PaidIn)
	late.On = yesterday
	if err := c.record(late); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(c.site)
	defer server.Close()
	app := browser.On(t, server.URL)
	box := "/d/marche/caisses/" + c.till.ID
	pages := map[string]string{
		"operation": box + "/operation", "operations": box + "/operations", "annuler": box + "/operations/" + late.ID + "/annuler",
		"caisses": "/d/marche/reglages/caisses", "caisse": "/d/marche/reglages/caisses/" + c.till.ID, "soldes": "/d/marche/reglages/soldes",
	}
	app.EachSize(t, func(t *testing.T, p *browser.Page) {
		for name, path := range pages {
			p.Goto(path).Clean(name)
		}
		p.Dark()
		for _, path := range pages {
			p.Goto(path).Axe()
		}
	})
}

func TestTheFormShowsWhatTheKindNeedsAndLightensAPhoto(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	server := httptest.NewServer(c.site)
	defer server.Close()
	p := browser.On(t, server.URL).Open(t).At(browser.Phone)
	p.Goto("/d/marche/caisses/" + c.till.ID + "/operation")
	p.Sees("Nature de la dépense").Click("Apport").SeesNot("Nature de la dépense").Sees("Enregistrer l’apport").Click("Dépense")
	p.Fill("Montant", "12+0,50").Choose("Nature de la dépense", "Réceptions (6257)").Fill("Commentaire", "Café")
	p.Reload()
	if got := p.Value("Commentaire"); got != "Café" {
		t.Errorf("after a reload the comment is %q", got)
	}
	p.Upload("#c-file", heavyPhoto(t)).Click("Enregistrer la dépense").Sees("Dépense de 12,50 € enregistrée.")
	c.read(t, func(q *db.Snapshot) error {
		list, err := cashbox.Find(q, cashbox.Filter{Box: c.till.ID, First: today, Last: today, Limit: 10})
		if err != nil || len(list) != 1 {
			t.Fatalf("%d recorded, %v", len(list), err)
		}
		f, err := cashbox.FileByID(q, list[0].Attachment)
		if f.MediaType != "image/jpeg" || len(f.Content) > cashbox.MaxAttachment {
			t.Errorf("kept %s of %d bytes", f.MediaType, len(f.Content))
		}
		return err
	})
}

func TestWithoutAScriptEveryPartOfTheFormIsInSightAndWorks(t *testing.T) {
	c := newCounter(t, dbtest.SQLite(t))
	server := httptest.NewServer(c.site)
	defer server.Close()
	p := browser.On(t, server.URL).Open(t).At(browser.Desk).WithoutScript()
	p.Goto("/d/marche/caisses/" + c.till.ID + "/operation?type=transfer&cle=" + id.New())
	p.Sees("Vers").Sees("Nature de la dépense").Fill("Montant", "20").Choose("Vers", "Carte").Click("Enregistrer l’opération").Sees("Transfert de 20,00 € enregistré.")
	if got := c.inCash(t); got != -2000 {
		t.Errorf("in the drawer %d", got)
	}
}
