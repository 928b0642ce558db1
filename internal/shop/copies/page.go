package copies

import (
	"fmt"
	"time"

	"encaisse/internal/base/locale"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// Page is what the page of the copies shows.
type Page struct {
	Frame  ui.Frame
	Action string
	Zone   *time.Location
	Now    time.Time
	Off    bool // automatic copies are off
	State  State
}

// verdict is the state of the copies in a word and a line.
func (p Page) verdict() (tone ui.Tone, title, text string) {
	s := p.State
	switch {
	case p.Off:
		return ui.Warn, "Les sauvegardes automatiques sont arrêtées", "Le programme a été lancé avec «\u00a0--backups none\u00a0». Sans autre sauvegarde, une panne de disque perdrait tout."
	case s.Fault != "":
		return ui.Error, "La dernière sauvegarde n’a pas pu se faire", fmt.Sprintf("Le %s. Vérifiez la place sur le disque et l’accès au dossier des sauvegardes, puis relancez-la. Cause\u00a0: %s", locale.DateTime(s.FaultAt, p.Zone), s.Fault)
	case s.TrialFault != "":
		return ui.Error, "L’essai de restauration a échoué", fmt.Sprintf("Sauvegarde %s, essayée le %s. Cause\u00a0: %s", s.TrialOf, locale.DateTime(s.TrialAt, p.Zone), s.TrialFault)
	case len(s.Copies) == 0:
		return ui.Warn, "Aucune sauvegarde pour l’instant", "La première se fait dans les minutes qui suivent le démarrage. Vous pouvez aussi la lancer maintenant."
	case p.Now.Sub(s.Copies[0].At) > late:
		return ui.Warn, "La dernière sauvegarde est ancienne", "Elle date du " + locale.DateTime(s.Copies[0].At, p.Zone) + ". Laissez le programme allumé, ou lancez-en une maintenant."
	}
	return ui.OK, "Tout est sauvegardé", "Dernière sauvegarde le " + locale.DateTime(s.Copies[0].At, p.Zone) + ", relue et vérifiée."
}

// trial says when a copy was last restored for a trial.
func (p Page) trial() string {
	if p.State.TrialAt.IsZero() {
		return "pas encore fait"
	}
	if p.State.TrialFault != "" {
		return "échoué le " + locale.DateTime(p.State.TrialAt, p.Zone)
	}
	return "réussi le " + locale.DateTime(p.State.TrialAt, p.Zone)
}

func (p Page) encryption() string {
	if p.State.Encrypted {
		return "oui, lisibles avec votre seule clé"
	}
	return "non"
}

func (p Page) facts() []ui.Fact {
	return []ui.Fact{
		{Label: "Essai de restauration", Value: ui.Text(p.trial())},
		{Label: "Chiffrées", Value: ui.Text(p.encryption())},
		{Label: "Gardées", Value: ui.Text("toutes pendant deux jours, puis une par jour pendant une semaine, une par semaine pendant cinq semaines, une par mois pendant un an")},
	}
}

// table lists copies.
func table(caption string, list []Copy, zone *time.Location) ui.Table {
	t := ui.Table{Caption: caption, Columns: []ui.Column{{Label: "Faite le"}, {Label: "Fichier", Class: "seul-bureau"}, {Label: "Taille", Num: true}}}
	for _, c := range list {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Text(locale.DateTime(c.At, zone)), ui.Text(c.Name), ui.Text(size(c.Size))}})
	}
	return t
}

// size is a number of bytes as people read it, to a tenth of its unit.
func size(n int64) string {
	for _, unit := range []struct {
		bytes int64
		name  string
	}{{1_000_000_000, "Go"}, {1_000_000, "Mo"}, {1000, "ko"}} {
		if n >= unit.bytes {
			tenths := (n*10 + unit.bytes/2) / unit.bytes
			return fmt.Sprintf("%s,%d\u00a0%s", locale.Int(tenths/10), tenths%10, unit.name)
		}
	}
	return locale.Int(n) + "\u00a0octets"
}

// Samples are the page with made-up copies.
func Samples() []web.Sample {
	at := time.Date(2026, 11, 22, 2, 10, 0, 0, time.UTC)
	full := Page{Frame: ui.SampleFrame("Sauvegardes"), Zone: time.UTC, Now: at.Add(8 * time.Hour), State: State{Encrypted: true, TrialAt: at.AddDate(0, 0, -12), TrialOf: Name(at.AddDate(0, 0, -12), true)}}
	for n := range 9 {
		of := at.AddDate(0, 0, -n)
		full.State.Copies = append(full.State.Copies, Copy{Name: Name(of, true), At: of, Size: 48_213_400 - int64(n)*61_234})
	}
	failed := full
	failed.State.Fault, failed.State.FaultAt = "write /var/lib/encaisse/backups/.making-1/whole: no space left on device", at.Add(6*time.Hour)
	empty := Page{Frame: ui.SampleFrame("Sauvegardes"), Zone: time.UTC, Now: at}
	sent := full
	sent.State.Away = Away{Host: "s3.fr-par.scw.cloud", Copies: full.State.Copies[:4], SeenAt: at, SentAt: at.Add(2 * time.Minute), Tried: true, TrialAt: full.State.TrialAt, TrialOf: full.State.TrialOf, Locked: true}
	unsent := full
	unsent.State.Away = Away{Host: "s3.fr-par.scw.cloud", Waiting: 2, Copies: full.State.Copies[2:5], SeenAt: at, SentAt: at.AddDate(0, 0, -2), FaultAt: at.Add(7 * time.Hour), Tries: 4, Next: at.Add(9 * time.Hour),
		Fault: "Le stockage est plein. Agrandissez-le, ou retirez-en ce qui n’est plus utile."}
	off := empty
	off.Off = true
	return []web.Sample{
		{Name: "sauvegardes", Title: "Sauvegardes", Page: show(full)},
		{Name: "sauvegardes-echec", Title: "Sauvegarde impossible", Page: show(failed)},
		{Name: "sauvegardes-ailleurs", Title: "Sauvegardes hors du magasin", Page: show(sent)},
		{Name: "sauvegardes-ailleurs-echec", Title: "Envoi hors du magasin impossible", Page: show(unsent)},
		{Name: "sauvegardes-aucune", Title: "Aucune sauvegarde", Page: show(empty)},
		{Name: "sauvegardes-arretees", Title: "Sauvegardes arrêtées", Page: show(off)},
	}
}
