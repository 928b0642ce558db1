package copies

import (
	"time"

	"encaisse/internal/base/locale"
	"encaisse/internal/web/ui"
)

// verdict is the state of the copies kept elsewhere in a word and a line.
func (a Away) verdict(p Page) (tone ui.Tone, title, text string) {
	switch {
	case a.Fault != "":
		return ui.Error, "La dernière sauvegarde n’a pas pu partir", "Le " + locale.DateTime(a.FaultAt, p.Zone) + ". " + a.Fault + a.again(p)
	case a.TrialFault != "":
		return ui.Error, "L’essai d’une sauvegarde reprise du stockage a échoué", "Sauvegarde " + a.TrialOf + ", essayée le " + locale.DateTime(a.TrialAt, p.Zone) + ". Cause\u00a0: " + a.TrialFault
	case a.Busy, a.Waiting > 0:
		return ui.Info, "Un envoi est en cours", locale.Plural(a.Waiting, "sauvegarde", "sauvegardes") + " à envoyer. Vous pouvez continuer à travailler."
	case len(a.Copies) == 0:
		return ui.Warn, "Rien n’est encore parti", "La prochaine sauvegarde partira dès qu’elle sera faite."
	case p.Now.Sub(a.Copies[0].At) > late:
		return ui.Warn, "La dernière sauvegarde partie est ancienne", "Elle date du " + locale.DateTime(a.Copies[0].At, p.Zone) + ". Laissez le programme allumé et relié à Internet."
	}
	return ui.OK, "Une copie est à l’abri", "Dernière sauvegarde du " + locale.DateTime(a.Copies[0].At, p.Zone) + ", relue sur le stockage."
}

// again says when the next try is.
func (a Away) again(p Page) string {
	if !a.Next.After(p.Now) {
		return " Un nouvel essai se fait dans la minute."
	}
	return " Prochain essai le " + locale.DateTime(a.Next, p.Zone) + "."
}

func (a Away) facts(zone *time.Location) []ui.Fact {
	when := func(at time.Time) string {
		if at.IsZero() {
			return "jamais"
		}
		return locale.DateTime(at, zone)
	}
	list := []ui.Fact{
		{Label: "Stockage", Value: ui.Text(a.Host)},
		{Label: "Dernier envoi", Value: ui.Text(when(a.SentAt))},
	}
	if a.Tried {
		list = append(list, ui.Fact{Label: "Essai de restauration", Value: ui.Text(when(a.TrialAt))})
	}
	old := "effacées comme sur cet ordinateur"
	if a.Locked {
		old = "protégées par le stockage, qui les efface selon ses règles"
	}
	return append(list, ui.Fact{Label: "Anciennes sauvegardes", Value: ui.Text(old)})
}
