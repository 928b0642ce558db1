package daysheet

import (
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/receivable"
)

// checkLimits refuses credit that would take a customer past their limit, unless the author may pass over it. What a corrected sheet granted
// before is not counted twice, and a sheet that grants no more than before is never refused.
func (p Page) checkLimits(tx *db.Tx, r Request, f Figures) error {
	if r.MayExceed {
		return nil
	}
	before := map[string]money.Amount{}
	if v := p.Current(); v != nil {
		was, err := v.Figures()
		if err != nil {
			return err
		}
		before = was.owedBy()
	}
	wrong := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	owed := f.owedBy()
	for _, c := range f.GrantedTo {
		customer, err := party.Get(tx, c.Party)
		if err != nil {
			return err
		}
		why, err := receivable.Refused(tx, customer, owed[c.Party], before[c.Party])
		if err != nil {
			return err
		}
		if why != "" {
			wrong.Field(FieldGrantedTo+c.Party, why)
		}
	}
	if len(wrong.Fields) > 0 {
		return wrong
	}
	return nil
}

// owedBy is what a sheet makes each customer owe more.
func (f Figures) owedBy() map[string]money.Amount {
	owed := map[string]money.Amount{}
	for _, c := range f.GrantedTo {
		owed[c.Party] += c.Amount
	}
	for _, c := range f.RepaidBy {
		owed[c.Party] -= c.Amount
	}
	return owed
}
