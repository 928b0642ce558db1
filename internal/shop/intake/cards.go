package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/siren"
	"encaisse/internal/shop/party"
)

// partyTargets are what the columns of a file of customers or suppliers may hold: the very titles of the export first.
func partyTargets(kind Kind) []Target {
	list := []Target{
		{"name", "Nom", "Fiche", []string{"nom", "raison sociale", "client", "fournisseur", "nom du client", "nom du fournisseur", "societe", "name"}},
		{"nature", "Nature", "Fiche", []string{"nature", "type"}},
		{"email", "E-mail", "Fiche", []string{"e-mail", "email", "mail", "courriel", "adresse e-mail"}},
		{"phone", "Téléphone", "Fiche", []string{"telephone", "tel", "portable", "mobile", "phone"}},
		{"street", "Adresse", "Fiche", []string{"adresse", "rue", "adresse 1", "voie"}},
		{"postcode", "Code postal", "Fiche", []string{"code postal", "cp"}},
		{"city", "Ville", "Fiche", []string{"ville", "commune", "localite"}},
		{"note", "Note", "Fiche", []string{"note", "remarque", "commentaire"}},
		{"siret", "SIREN ou SIRET", "Comptabilité", []string{"siret", "siren", "siren ou siret"}},
		{"vat_number", "Numéro de TVA", "Comptabilité", []string{"tva", "numero de tva", "n° tva", "tva intracommunautaire"}},
		{"account", "Compte auxiliaire", "Comptabilité", []string{"compte", "compte auxiliaire", "code", "code comptable"}},
	}
	if kind == Customers {
		list = append(list, Target{"credit_limit", "Plafond de crédit", "Comptabilité", []string{"plafond", "plafond de credit", "encours autorise"}})
	}
	return list
}

func (k Kind) party() party.Kind {
	if k == Suppliers {
		return party.Supplier
	}
	return party.Customer
}

// cards reads customers or suppliers, a line each. One that has a card already, by its number, its address or its name and town, is left out.
func (p *planner) cards(kind Kind, rows [][]string) error {
	if p.mapping.column("name") < 0 {
		p.refuse(0, "Dites quelle colonne donne le nom.")
		return nil
	}
	known, _, err := party.Find(p.q, party.Search{Kind: kind.party(), Inactive: true})
	if err != nil {
		return err
	}
	seen := map[string]string{}
	for _, x := range known {
		for _, key := range marksOf(x) {
			seen[key] = "A déjà une fiche"
		}
	}
	for n := p.mapping.Header; n < len(rows); n++ {
		if empty(rows[n]) {
			continue
		}
		p.plan.Rows++
		card, ok := p.card(n+1, rows[n], kind)
		if !ok {
			continue
		}
		e := Entry{Line: n + 1, Label: card.Name, Detail: strings.TrimSpace(card.Postcode + " " + card.City), card: card}
		for _, key := range marksOf(card) {
			if seen[key] != "" {
				e.Skip, e.Remark = true, seen[key]+"\u00a0: laissé"
			}
		}
		for _, key := range marksOf(card) {
			if seen[key] == "" {
				seen[key] = "Déjà plus haut dans le fichier"
			}
		}
		p.plan.Entries = append(p.plan.Entries, e)
	}
	return nil
}

// marksOf are the ways to see that two cards are of the same party.
func marksOf(x party.Party) []string {
	var keys []string
	if s := siren.Clean(x.SIRET); s != "" {
		keys = append(keys, "siret "+s)
	}
	if x.Email != "" {
		keys = append(keys, "email "+strings.ToLower(x.Email))
	}
	return append(keys, "name "+locale.Fold(x.Name)+" "+locale.Fold(x.Postcode+" "+x.City))
}

// card reads the card of a line.
func (p *planner) card(line int, row []string, kind Kind) (party.Party, bool) {
	get := func(target string) string { return strings.TrimPrefix(p.cell(row, target), "'") }
	card := party.Party{
		Kind: kind.party(), Name: get("name"), Email: get("email"), Phone: get("phone"), Street: get("street"), Postcode: get("postcode"), City: get("city"),
		SIRET: get("siret"), VATNumber: get("vat_number"), AccountCode: strings.ToUpper(get("account")), Note: get("note"), Active: true,
	}
	card.Nature = natureOf(get("nature"), card)
	ok := true
	if text := get("credit_limit"); text != "" {
		amount, _, err := locale.ParseAmount(text)
		if err != nil {
			p.refuse(line, "Plafond de crédit\u00a0: "+err.Error())
			ok = false
		}
		card.CreditLimit, card.Limited = amount, true
	}
	if err := party.Check(card); err != nil {
		p.refuse(line, said(err))
		return card, false
	}
	return card, ok
}

// natureOf reads what a party is in law; whoever has a SIRET is a company unless the file says otherwise.
func natureOf(text string, card party.Party) party.Nature {
	switch locale.Fold(text) {
	case "particulier", "personne", "person", "m", "mme":
		return party.Person
	case "organisme public", "public", "administration", "collectivite":
		return party.Public
	case "entreprise", "societe", "professionnel", "company":
		return party.Company
	}
	if card.SIRET != "" || card.VATNumber != "" || card.Kind == party.Supplier {
		return party.Company
	}
	return party.Person
}

// markOf is what a card says, to see later whether somebody changed it.
func markOf(x party.Party) string {
	x.CreatedAt, x.ErasedAt = time.Time{}, time.Time{}
	text, err := json.Marshal(x)
	if err != nil {
		panic(err) // texts and amounts always marshal
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
