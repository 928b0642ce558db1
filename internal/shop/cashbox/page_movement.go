package cashbox

import (
	"time"

	"encaisse/internal/base/locale"
	"encaisse/internal/web/ui"
)

// MovementPage is one movement.
type MovementPage struct {
	ListPage
	Movement Recorded
	Source   Box // the box that made it
	Changes  []happened
	Fees     []Recorded
	Key      string // of the act of restoring
	Back     string
}

func (p MovementPage) facts() []ui.Fact {
	m := p.Movement
	facts := []ui.Fact{{Label: "Montant", Value: ui.Money(m.Amount)}, {Label: "Date", Value: ui.LongDate(m.On)}, {Label: "Caisse", Value: ui.Text(p.names[m.Box])}, {Label: "Mode", Value: ui.Text(p.by(m))}}
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, ui.Fact{Label: label, Value: ui.Text(value)})
		}
	}
	if m.Kind == Transfer {
		add("Vers", p.names[m.ToBox])
	}
	add("Nature", p.names[m.Role])
	add("Fournisseur", p.names[m.Party])
	add("Rubrique", p.names[m.Item])
	add("Commentaire", m.Memo)
	add("Enregistrée par", p.names[m.By])
	facts = append(facts, ui.Fact{Label: "Enregistrée le", Value: recordedAt(p)})
	for _, f := range p.Fees {
		facts = append(facts, ui.Fact{Label: "Frais", Value: ui.Money(f.Amount)})
	}
	return facts
}

// open tells whether the day of the movement still takes entries.
func (p MovementPage) open() bool { return p.Movement.On > p.Horizon }

// proofs are the papers the movement can be handed over with.
func (p MovementPage) proofs() []ProofKind {
	var list []ProofKind
	for _, k := range []ProofKind{PaymentReceipt, PaymentSlip, Discharge} {
		if k.fits(p.Movement) && !p.Movement.Reversed && p.CanExport {
			list = append(list, k)
		}
	}
	return list
}

// said tells what happened to a movement.
func (h happened) said() string {
	if h.state == "restored" {
		return "Restaurée"
	}
	return "Annulée\u00a0: " + h.reason
}

func (h happened) when(place *time.Location) string {
	return locale.DateTime(time.UnixMicro(h.at).UTC(), place)
}
