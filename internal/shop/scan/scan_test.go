package scan

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"net/url"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/paper/ocr"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/pagetest"
	"encaisse/internal/test/shoptest"
	"encaisse/internal/test/visit"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }

const paper = `
TICKET Z N° 0042
Date : 20/11/2026  19:42
VENTES PAR RAYON
EPICERIE  105,50
BOISSONS  120,00
FLEURS  18,50
TOTAL TTC  244,00
REGLEMENTS
ESPECES  44,00
CB  200,00
NOMBRE DE TICKETS  37`

// picture is a photo for the store: what is on it does not matter, a scripted reader reads it.
func picture(t *testing.T, grey uint8) []byte {
	t.Helper()
	p := image.NewGray(image.Rect(0, 0, 240, 320))
	for i := range p.Pix {
		p.Pix[i] = grey
	}
	var out bytes.Buffer
	if err := png.Encode(&out, p); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// scripted reads the same lines on every photo, once the photo is sound; or fails.
type scripted struct {
	text string
	err  error
}

func (s scripted) Ready(context.Context) error {
	if s.err == ocr.ErrAbsent || s.err == ocr.ErrNoFrench {
		return s.err
	}
	return nil
}

func (s scripted) Read(_ context.Context, photo []byte) ([]ocr.Line, error) {
	if err := ocr.Check(photo); err != nil || s.text == "" {
		return nil, err
	}
	return typewrittenAll(s.text), s.err
}

const friday = "2026-11-20"

func received(t *testing.T, s *shoptest.Shop, grey uint8) Scan {
	t.Helper()
	p := Scan{ID: id.New(), Box: s.Till.ID, On: friday, Name: "ticket.png", By: shoptest.Claire, Lines: typewrittenAll(paper)}
	s.Write(t, func(tx *db.Tx) error { return Receive(tx, p, picture(t, grey)) })
	return get(t, s, p.ID)
}

func get(t *testing.T, s *shoptest.Shop, photo string) (p Scan) {
	t.Helper()
	s.Read(t, func(q *db.Snapshot) (err error) {
		p, err = Get(q, s.Till.ID, friday, photo)
		return err
	})
	return p
}

func sheetOf(t *testing.T, s *shoptest.Shop) (p daysheet.Page) {
	t.Helper()
	s.Read(t, func(q *db.Snapshot) (err error) {
		p, err = daysheet.Load(q, s.Till.ID, friday)
		return err
	})
	return p
}

// keeping confirms a photo with some fields of the form.
func keeping(s *shoptest.Shop, p Scan, revision int, fields ...string) error {
	typed := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		typed.Set(fields[i], fields[i+1])
	}
	return s.DB.Write(context.Background(), s.Company, func(tx *db.Tx) error {
		fresh, err := Get(tx, p.Box, p.On, p.ID)
		if err != nil {
			return err
		}
		if len(fields) == 0 {
			typed = nil
		}
		return Keep(tx, fresh, typed, revision, shoptest.Claire)
	})
}

// flowers is the line of the ticket nobody knows: its place among the lines.
const flowers = 5

func TestAPhotoConfirmedFillsTheDraftAndStaysWithItsDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		p := received(t, s, 200)
		if err := keeping(s, p, 0); !fault.Is(err, fault.Invalid) {
			t.Fatalf("a line nobody knows is passed over: %v", err)
		}
		if err := keeping(s, p, 0, "z", "0042", targetName(flowers), "v-"+s.Grocery, amountName(flowers), "18,50"); err != nil {
			t.Fatal(err)
		}
		sheet := sheetOf(t, s)
		want := map[string]string{"z": "0042", "v-" + s.Grocery: "124,00", "v-" + s.Bar: "120,00", "r-" + s.Cash: "44,00", "r-" + s.Card: "200,00", "ventes": "37"}
		for field, value := range want {
			if sheet.Draft == nil || sheet.Draft.Fields[field] != value {
				t.Errorf("%s is %q, want %q", field, sheet.Draft.Fields[field], value)
			}
		}
		if sheet.Current() != nil || daysheet.SourceOf(sheet.Draft.Fields) != daysheet.ByScan {
			t.Errorf("the day is not an open draft from a photo: %+v", sheet.Draft.Fields)
		}
		kept := get(t, s, p.ID)
		if kept.State != Kept || kept.Attachment == "" || kept.KeptAt.IsZero() {
			t.Errorf("%+v", kept)
		}
		s.Read(t, func(q *db.Snapshot) error {
			f, err := cashbox.FileByID(q, kept.Attachment)
			if err != nil || !bytes.Equal(f.Content, picture(t, 200)) {
				t.Errorf("the photo is not kept as it was: %v", err)
			}
			links, err := Papers(q, s.Till.ID, friday)
			if err != nil || len(links) != 1 || links[0].URL != "ticket/"+p.ID {
				t.Errorf("%v %v", links, err)
			}
			if _, err := bodyOf(q, p.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("the photo is kept twice: %v", err)
			}
			return nil
		})
		if err := keeping(s, p, 0); err != nil || sheetOf(t, s).Draft.Revision != 1 {
			t.Errorf("pressed twice: %v", err)
		}
	})
}

func TestADayFromAPhotoIsClosedWithItsSource(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		p := received(t, s, 200)
		if err := keeping(s, p, 0, targetName(flowers), "v-"+s.Bar, amountName(flowers), "18,50"); err != nil {
			t.Fatal(err)
		}
		s.Write(t, func(tx *db.Tx) error {
			sheet, err := daysheet.Load(tx, s.Till.ID, friday)
			if err != nil {
				return err
			}
			fields := sheet.Draft.Fields
			fields[daysheet.FieldCounted+s.Cash] = "44,00"
			_, err = daysheet.Close(tx, daysheet.Request{Key: id.New(), Box: s.Till.ID, On: friday, Fields: fields, By: shoptest.Claire, Source: daysheet.SourceOf(fields)})
			return err
		})
		if v := sheetOf(t, s).Current(); v == nil || v.Source != daysheet.ByScan || v.Gross != 24400 {
			t.Errorf("%+v", v)
		}
		s.Read(t, func(q *db.Snapshot) error {
			_, err := daysheet.Verify(q)
			return err
		})
		again := Scan{ID: id.New(), Box: s.Till.ID, On: friday, By: shoptest.Claire}
		err := s.DB.Write(context.Background(), s.Company, func(tx *db.Tx) error { return Receive(tx, again, picture(t, 100)) })
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("a closed day takes a photo: %v", err)
		}
	})
}

func TestWhatAPersonSaidOfALabelIsRememberedInTheShop(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		p := received(t, s, 200)
		cb := 9
		if err := keeping(s, p, 0, targetName(flowers), "v-"+s.Bar, amountName(flowers), "18,50", targetName(cb), leftOut, amountName(cb), "200,00"); err != nil {
			t.Fatal(err)
		}
		s.Read(t, func(q *db.Snapshot) error {
			labels, err := labelsOf(q, s.Location)
			if err != nil || len(labels) != 2 || labels["fleurs"] != "v-"+s.Bar || labels["cb"] != leftOut {
				t.Errorf("%v %v", labels, err)
			}
			_, r, err := load(q, s.Second.ID, friday) // another till of the shop
			if err != nil {
				return err
			}
			next := Propose(Scan{Lines: typewrittenAll(paper)}, r, nil)
			fields, _, err := next.Figures()
			if err != nil || fields["v-"+s.Bar] != "138,50" || fields["r-"+s.Card] != "" {
				t.Errorf("%v %v", fields, err)
			}
			return nil
		})
	})
}

func TestADraftTypedMeanwhileIsNotOverwritten(t *testing.T) {
	s := shoptest.New(t, dbtest.SQLite(t))
	p := received(t, s, 200)
	s.Write(t, func(tx *db.Tx) error {
		_, err := daysheet.SaveDraft(tx, s.Till.ID, friday, map[string]string{"commentaire": "marché", "v-" + s.Grocery: "1,00"}, 0, shoptest.Claire)
		return err
	})
	leave := []string{targetName(flowers), leftOut, amountName(flowers), "18,50"}
	if err := keeping(s, p, 0, leave...); !fault.Is(err, fault.Conflict) {
		t.Fatalf("%v", err)
	}
	if err := keeping(s, p, 1, leave...); err != nil {
		t.Fatal(err)
	}
	if f := sheetOf(t, s).Draft.Fields; f["commentaire"] != "marché" || f["v-"+s.Grocery] != "105,50" {
		t.Errorf("%v", f)
	}
}

func TestPhotosNobodyConfirmsAreForgotten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		old, dropped := received(t, s, 200), received(t, s, 100)
		s.Write(t, func(tx *db.Tx) error { return Forget(tx, dropped) })
		dbtest.SetClock(t, d, "2026-11-29 08:00")
		recent := received(t, s, 50)
		s.Read(t, func(q *db.Snapshot) error {
			for _, gone := range []Scan{old, dropped} {
				if _, err := Get(q, gone.Box, gone.On, gone.ID); !fault.Is(err, fault.NotFound) {
					t.Errorf("still there: %v", err)
				}
				if _, err := bodyOf(q, gone.ID); !fault.Is(err, fault.NotFound) {
					t.Errorf("its file is still there: %v", err)
				}
			}
			_, err := bodyOf(q, recent.ID)
			return err
		})
	})
}

func TestAPersonReadsATicketFromItsPhotoToTheDraft(t *testing.T) {
	s := shoptest.New(t, dbtest.SQLite(t))
	v := visit.As(t, s.Company, New(s.DB, scripted{text: paper}, func(db.Querier) (map[string]string, error) {
		return map[string]string{shoptest.Claire: "Claire"}, nil
	}).Routes())
	base := "/journees/" + s.Till.ID + "/" + friday + "/ticket"
	v.Get(t, base).Is(t, 200, "Lire la photo", "image/jpeg,image/png")
	answer := v.Upload(t, base, "photo", "IMG_1234.png", picture(t, 200), "cle", id.New())
	address := strings.TrimPrefix(answer.Location, visit.Prefix)
	if answer.Status != 303 || !strings.HasPrefix(address, base+"/") {
		t.Fatalf("%d %s %s", answer.Status, answer.Location, answer.Body)
	}
	v.Get(t, address).Is(t, 200, "EPICERIE 105,50", "Lecture sûre", "Somme des ventes", "Ne concorde pas", "1\u00a0ligne à vérifier")
	if image := v.Get(t, address+"/image"); image.Type != "image/png" || image.Body != string(picture(t, 200)) {
		t.Errorf("the photo is not shown: %s", image.Type)
	}
	v.Post(t, address+"/reporter").Is(t, 422, "Dites ce que compte cette ligne")
	v.Post(t, address+"/recalculer", "cible-5", "v-"+s.Bar, "montant-5", "18,50", "revision", "0").Is(t, 200, "244,00\u00a0€, comme le total du ticket")
	v.Post(t, address+"/recalculer", "cible-5", "v-"+s.Bar, "montant-5", "dix").Is(t, 200, locale.ErrAmount.Error())
	v.Post(t, address+"/reporter", "cible-5", "v-"+s.Bar, "montant-5", "18,50", "revision", "0", "z", "0042").LeadsTo(t, "/journees/"+s.Till.ID+"/"+friday)
	if sheetOf(t, s).Draft.Gross != 24400 {
		t.Errorf("%+v", sheetOf(t, s).Draft)
	}
	v.Get(t, address).Is(t, 200, "Gardée avec la journée", "Le texte lu")
	if image := v.Get(t, address+"/image"); image.Body != string(picture(t, 200)) {
		t.Error("the photo kept is not shown")
	}
	same := v.Upload(t, base, "photo", "encore.png", picture(t, 200), "cle", id.New())
	again := strings.TrimPrefix(same.Location, visit.Prefix)
	v.Get(t, again).Is(t, 200, "Photo déjà lue", "Une saisie est déjà commencée")
	v.Post(t, again+"/abandonner").LeadsTo(t, "/journees/"+s.Till.ID+"/"+friday)
	v.Get(t, again).Is(t, 404)
	v.Post(t, address+"/abandonner").Is(t, 409)
	other := v.Upload(t, "/journees/"+s.Till.ID+"/2026-11-19/ticket", "photo", "b.png", picture(t, 90), "cle", id.New())
	v.Get(t, strings.TrimPrefix(other.Location, visit.Prefix)).Is(t, 200, "Le ticket porte une autre date", "20/11/2026")
}

func TestPhotosThatCannotBeReadAreRefusedWithTheReason(t *testing.T) {
	s := shoptest.New(t, dbtest.SQLite(t))
	nobody := func(db.Querier) (map[string]string, error) { return nil, nil }
	base := "/journees/" + s.Till.ID + "/" + friday + "/ticket"
	v := visit.As(t, s.Company, New(s.DB, scripted{}, nobody).Routes())
	vast := picture(t, 255)
	copy(vast[16:24], []byte{0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff}) // its head tells another size than its sum: no picture
	for name, c := range map[string]struct {
		body []byte
		want string
	}{
		"a page of HTML": {[]byte("<html>"), "JPEG ou PNG"}, "a PDF": {[]byte("%PDF-1.4\n%%EOF"), "JPEG ou PNG"}, "a broken head": {vast, "JPEG ou PNG"}, "too heavy": {bytes.Repeat([]byte("x"), cashbox.MaxAttachment+1), "5\u00a0Mo au plus"}, "empty": {nil, "vide"},
	} {
		if a := v.Upload(t, base, "photo", name, c.body, "cle", id.New()); a.Status != 422 || !strings.Contains(a.Body, c.want) {
			t.Errorf("%s: %d", name, a.Status)
		}
	}
	v.Post(t, base, "cle", id.New()).Is(t, 422, "Choisissez une photo")
	blank := v.Upload(t, base, "photo", "blanche.png", picture(t, 255), "cle", id.New())
	address := strings.TrimPrefix(blank.Location, visit.Prefix)
	v.Get(t, address).Is(t, 200, "Aucun chiffre ne se lit", "Garder la photo avec la journée")
	v.Post(t, address+"/reporter").LeadsTo(t, "/journees/"+s.Till.ID+"/"+friday)
	if sheetOf(t, s).Draft != nil {
		t.Error("an empty reading makes a draft")
	}
	for err, want := range map[error]string{ocr.ErrAbsent: "sudo apt-get install tesseract-ocr tesseract-ocr-fra", ocr.ErrNoFrench: "tesseract-lang"} {
		without := visit.As(t, s.Company, New(s.DB, scripted{text: paper, err: err}, nobody).Routes())
		without.Get(t, base).Is(t, 200, want, "Saisir à la main")
		without.Upload(t, base, "photo", "a.png", picture(t, 9), "cle", id.New()).LeadsTo(t, base)
	}
	slow := visit.As(t, s.Company, New(s.DB, scripted{text: paper, err: ocr.ErrSlow}, nobody).Routes())
	slow.Upload(t, base, "photo", "a.png", picture(t, 9), "cle", id.New()).Is(t, 422, "plus de 20\u00a0secondes")
	v.Get(t, "/journees/"+s.Till.ID+"/2026-12-24/ticket").Is(t, 200, "pas encore commencée")
	v.Get(t, "/journees/"+s.Till.ID+"/hier/ticket").Is(t, 404)
}

func TestWhoOnlyLooksSeesPhotosKeptAndNoOthers(t *testing.T) {
	s := shoptest.New(t, dbtest.SQLite(t))
	nobody := func(db.Querier) (map[string]string, error) { return nil, nil }
	waiting, kept := received(t, s, 200), received(t, s, 100)
	if err := keeping(s, kept, 0, targetName(flowers), leftOut, amountName(flowers), ""); err != nil {
		t.Fatal(err)
	}
	v := visit.As(t, s.Company, New(s.DB, scripted{}, nobody).Routes(), right.DaysheetView)
	base := "/journees/" + s.Till.ID + "/" + friday + "/ticket"
	v.Get(t, base+"/"+kept.ID).Is(t, 200, "quelqu’un qui a quitté l’équipe")
	v.Get(t, base+"/"+kept.ID+"/image").Is(t, 200)
	v.Get(t, base+"/"+waiting.ID).Is(t, 403)
	v.Get(t, base+"/"+waiting.ID+"/image").Is(t, 403)
	v.Get(t, base).Is(t, 403)
	v.Access.Locations = []string{"another"}
	v.Get(t, base+"/"+kept.ID).Is(t, 404)
	v.Get(t, "/journees/"+s.Second.ID+"/"+friday+"/ticket/"+kept.ID).Is(t, 404)
}
