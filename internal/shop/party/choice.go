package party

import (
	"slices"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// shownWhole is how many people a list to choose from shows without search; shownFound, how many of those a search finds.
const shownWhole, shownFound = 200, 60

// Choice is a list to choose a customer or a supplier from: all those in use when they are few, those that words find when they are many.
type Choice struct {
	People []Party // those chosen already included, even out of use
	among  *ui.Among
}

// LoadChoice loads the list to choose from, with those chosen already. words is what was searched, "" at first.
func LoadChoice(c *web.Ctx, q db.Querier, kind Kind, words string, chosen ...string) (Choice, error) {
	people, total, err := Find(q, Search{Kind: kind, Limit: shownWhole})
	list := Choice{People: people}
	if err == nil && total > shownWhole {
		list.among = &ui.Among{URL: c.URL(kind.path(), "choix"), Words: words, Said: kind.words(total) + ", cherchez par le nom"}
		if list.People, total, err = Find(q, Search{Kind: kind, Words: words, Limit: shownFound}); words != "" {
			list.among.Said = foundWords(kind, total)
		}
	}
	for _, id := range chosen {
		if err != nil || id == "" || slices.ContainsFunc(list.People, func(p Party) bool { return p.ID == id }) {
			continue
		}
		p, unknown := Get(q, id)
		if unknown == nil {
			list.People = append(list.People, p)
		} else if !fault.Is(unknown, fault.NotFound) {
			err = unknown
		}
	}
	return list, err
}

// Name is the name of somebody of the list, "" for another.
func (l Choice) Name(id string) string {
	for _, p := range l.People {
		if p.ID == id {
			return p.Name
		}
	}
	return ""
}

// Field makes a field one that chooses from the list. none is the first answer: nobody.
func (l Choice) Field(f ui.Field, none string) ui.Field {
	f.Options, f.Among = []ui.Option{{Value: "", Label: none}}, l.among
	for _, p := range l.People {
		if p.Active || p.ID == f.Value {
			f.Options = append(f.Options, ui.Option{Value: p.ID, Label: p.Name})
		}
	}
	return f
}

// Chosen gives who was chosen: in the list, or by words that find one person only. Faults: Invalid on field when they find nobody or several.
func Chosen(q db.Querier, kind Kind, field, id, words string) (string, error) {
	if words = strings.TrimSpace(words); id != "" || words == "" {
		return id, nil
	}
	list, total, err := Find(q, Search{Kind: kind, Words: words, Limit: 1})
	switch {
	case err != nil:
		return "", err
	case total == 1:
		return list[0].ID, nil
	case total == 0:
		return "", fault.New(fault.Invalid, "Corrigez les champs signalés.").Field(field, "Personne ne répond à «\u00a0"+words+"\u00a0». Cherchez un autre mot du nom, ou videz la recherche.")
	}
	return "", fault.New(fault.Invalid, "Corrigez les champs signalés.").Field(field, locale.Int(int64(total))+" fiches répondent à «\u00a0"+words+"\u00a0»\u00a0: choisissez dans la liste.")
}

// foundWords says how many a search found.
func foundWords(kind Kind, total int) string {
	switch {
	case total == 0:
		return "Personne ne répond à ces mots"
	case total > shownFound:
		return kind.words(total) + ", les " + locale.Int(shownFound) + " premiers dans la liste"
	}
	return kind.words(total)
}
