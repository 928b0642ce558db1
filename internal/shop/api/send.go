package api

import (
	"slices"
	"strings"
	"unicode/utf8"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/books/act"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
)

const longestKey = 100

// Sender is the link that sends, and what it may do.
type Sender struct {
	ID     string
	Rights right.Set
	Sees   func(box string) bool
}

// keyOf makes the key of an act of what a program calls its sending: a UUID is kept, any other text has one of its own for each link.
func keyOf(link, text string) (string, error) {
	text = strings.TrimSpace(text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return "", fault.New(fault.Invalid, "Corrigez les champs signalés\u00a0: rien n’a été enregistré.").Field("/id", "Donnez à chaque envoi son identifiant, ici ou dans l’en-tête Idempotency-Key\u00a0: renvoyé, il comptera une fois.")
	case n > longestKey:
		return "", fault.New(fault.Invalid, "Corrigez les champs signalés\u00a0: rien n’a été enregistré.").Field("/id", "Un identifiant d’envoi a 100 caractères au plus.")
	case id.Valid(text):
		return text, nil
	}
	return id.Derive(link + "\n" + text), nil
}

// boxOf finds the cash box a sheet is for, among those the link sees.
func boxOf(q db.Querier, text string, sees func(string) bool, pointer string) (cashbox.Box, error) {
	boxes, err := cashbox.List(q)
	if err != nil {
		return cashbox.Box{}, err
	}
	boxes = slices.DeleteFunc(slices.Clone(boxes), func(b cashbox.Box) bool { return !b.Active || !sees(b.ID) })
	var named []cashbox.Box
	for _, b := range boxes {
		if b.ID == text {
			return b, nil
		}
		if locale.Fold(b.Name) == locale.Fold(text) {
			named = append(named, b)
		}
	}
	if len(named) == 1 {
		return named[0], nil
	}
	message := "Cette caisse n’existe pas, ou cette liaison n’y a pas accès."
	if len(named) > 1 {
		message = "Plusieurs caisses ont ce nom\u00a0: donnez l’id."
	}
	if pointer == "" {
		return cashbox.Box{}, fault.New(fault.NotFound, message)
	}
	return cashbox.Box{}, fault.New(fault.Invalid, "Corrigez les champs signalés\u00a0: rien n’a été enregistré.").Field(pointer, message)
}

// Send receives a sheet: it makes a draft, or closes the day. It gives the day as it then stands; again tells that the same sending had
// been received before. Faults: Invalid with the members to correct, Conflict, Mismatch, Locked, Forbidden.
func Send(tx *db.Tx, from Sender, key string, in SheetIn) (p daysheet.Page, again bool, err error) {
	key, err = keyOf(from.ID, key)
	if err != nil {
		return p, false, err
	}
	if in.Close && !from.Rights.Has(right.DaysheetValidate) {
		return p, false, fault.New(fault.Forbidden, "Cette liaison ne peut pas clôturer une journée\u00a0: envoyez un brouillon, ou donnez-lui ce droit.")
	}
	box, err := boxOf(tx, in.Box, from.Sees, "/box")
	if err != nil {
		return p, false, err
	}
	if p, err = daysheet.Load(tx, box.ID, in.Date); err != nil {
		return p, false, err
	}
	f, err := fieldsOf(in, p.Setup)
	if err != nil {
		return p, false, err
	}
	if in.Close {
		again, err = sealed(tx, from, key, p, f.fields)
	} else {
		again, err = drafted(tx, from, key, p, f.fields)
	}
	if err != nil {
		return p, again, f.pointed(err)
	}
	p, err = daysheet.Load(tx, box.ID, in.Date)
	return p, again, err
}

// sealed closes the day.
func sealed(tx *db.Tx, from Sender, key string, p daysheet.Page, fields map[string]string) (again bool, err error) {
	again = slices.ContainsFunc(p.Versions, func(v daysheet.Version) bool { return v.ID == key })
	if !again {
		if err := mayReplace(p, from.ID); err != nil {
			return false, err
		}
	}
	_, err = daysheet.Close(tx, daysheet.Request{Key: key, Box: p.Box.ID, On: p.On, Fields: fields, By: from.ID, MayForce: from.Rights.Has(right.DaysheetForce), Source: daysheet.ByAPI})
	return again, err
}

// drafted keeps the sheet as a draft.
func drafted(tx *db.Tx, from Sender, key string, p daysheet.Page, fields map[string]string) (again bool, err error) {
	again = true
	content := struct {
		Box, On, By string
		Fields      map[string]string
	}{p.Box.ID, string(p.On), from.ID, fields}
	err = act.Once(tx, key, "api.draft", content, func() error {
		again = false
		if p.Current() != nil {
			return fault.New(fault.Conflict, "Cette journée est déjà clôturée\u00a0: elle se corrige dans Encaisse, où la correction reste tracée.")
		}
		if err := mayReplace(p, from.ID); err != nil {
			return err
		}
		if _, err := daysheet.Read(fields, p.Setup); err != nil {
			return err
		}
		revision := 0
		if p.Draft != nil {
			revision = p.Draft.Revision
		}
		_, err := daysheet.SaveDraft(tx, p.Box.ID, p.On, daysheet.WithSource(fields, daysheet.ByAPI), revision, from.ID)
		return err
	})
	return again, err
}

// mayReplace refuses to write over what somebody else typed.
func mayReplace(p daysheet.Page, link string) error {
	if p.Draft != nil && p.Draft.By != link {
		return fault.New(fault.Conflict, "Quelqu’un saisit cette journée dans Encaisse. Demandez-lui de la clôturer ou d’effacer sa saisie.")
	}
	return nil
}
