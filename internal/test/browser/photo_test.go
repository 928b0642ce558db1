package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"encaisse/internal/paper/ocr"
	"encaisse/internal/test/need"
	"encaisse/internal/test/receipt"
)

// photographed draws the ticket of a grocer of another day, a little slanted.
func photographed(t *testing.T) string {
	t.Helper()
	ticket := receipt.Grocer()
	for i := range ticket.Lines {
		ticket.Lines[i].Left = strings.Replace(ticket.Lines[i].Left, "20/11/2026", "03/02/2020", 1)
	}
	file := filepath.Join(t.TempDir(), "ticket du jour.jpg")
	if err := os.WriteFile(file, receipt.Photo(t, ticket, receipt.Wear{Tilt: 1, Noise: 8}), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// reads chooses a photo, asks for its reading and waits for it: longer than a page takes, as reading may.
func reads(p *Page, file string) *Page {
	p.t.Helper()
	p.Upload("[name=photo]", file).Click("Lire la photo")
	for deadline := time.Now().Add(ocr.Patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if read, err := ask[bool](p, whole+` && !!document.querySelector(".ticket-lu")`); err == nil && read {
			break
		}
	}
	return p.Sees("Ce que dit le ticket")
}

func TestATicketIsReadFromItsPhotoIntoTheDay(t *testing.T) {
	need.Tesseract(t)
	each(t, owner, func(t *testing.T, s *shop, p *Page) {
		file := photographed(t)
		sheet := s.open(p)
		p.Click("Lire un ticket Z en photo").Sees("La photo du ticket")
		look(p, "ticket-photo")
		p.Click("Lire la photo").Sees("Choisissez une photo du ticket")
		reads(refused(p, 422), file).Sees("Le ticket porte une autre date").Sees("EPICERIE 292,35").Sees("Ne concorde pas")
		lookInTheDark(look(p, "ticket-propose"), "ticket-propose")
		p.Click("Reporter dans la journée").Sees("Dites ce que compte cette ligne")
		look(refused(p, 422), "ticket-refuse")
		p.Choose("Compte dans, ligne « BOISSONS 120,00 »", "Vins, bières et spiritueux").Click("Recalculer").Sees("412,35 €, comme le total du ticket.").SeesNot("Ne concorde pas")
		p.Click("Reporter dans la journée").Sees("Les chiffres du ticket sont dans le brouillon").Arrives(sheet)
		holds(p, "Épicerie", 29235)
		holds(p, "Vins, bières et spiritueux", 12000)
		holds(p, "Espèces", 18235)
		same(t, "number of the ticket", p.Value("du ticket Z"), "0042")
		look(p, "jour-photo")
		p.Click("Photo du ticket Z").Sees("Gardée avec la journée").Click("Le texte lu").Sees("TICKET Z N° 0042")
		look(p, "ticket-garde")
		if p.size == Desk { // once more, without script
			reads(p.WithoutScript().Goto(sheet+"/ticket").Sees("La photo du ticket"), file).Sees("Photo déjà lue").Sees("Une saisie est déjà commencée")
			p.Click("Recalculer").Sees("Contrôles").Click("Oublier cette photo").Sees("La photo est oubliée").Arrives(sheet)
		}
		s.proves(t)
	})
}
