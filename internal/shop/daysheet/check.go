package daysheet

import (
	"maps"
	"slices"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// Check refuses to close a sheet that breaks a rule, naming the field and what to do. mayForce tells whether its author may close in spite
// of a breakdown difference, which then needs its reason.
func Check(sheet Sheet, s Setup, mayForce bool) error {
	f := fault.New(fault.Invalid, "La journée n’est pas prête à clôturer.")
	if len(sheet.Figures.Sales) == 0 && len(sheet.Taken) == 0 {
		f.Field(FieldSale+firstCategory(s), "Saisissez au moins une vente ou un règlement, ou indiquez «\u00a0Fermé ce jour\u00a0».")
	}
	checkBreakdown(f, sheet, mayForce)
	for _, m := range sheet.Methods {
		checkMethod(f, m, sheet, s)
	}
	checkCredit(f, sheet, s)
	checkNumbered(f, sheet, s)
	if sheet.VouchersSold < 0 {
		f.Field(FieldVouchers, "Les bons vendus ne peuvent pas être négatifs.")
	}
	if sheet.SalesCount != nil && *sheet.SalesCount == 0 && sheet.Gross != 0 {
		f.Field(FieldSalesCount, "Il y a des ventes\u00a0: indiquez combien, ou laissez vide si vous ne les comptez pas.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

func firstCategory(s Setup) string {
	if len(s.Categories) == 0 {
		return ""
	}
	return s.Categories[0].ID
}

func checkBreakdown(f *fault.Fault, sheet Sheet, mayForce bool) {
	if sheet.Breakdown == 0 {
		return
	}
	what := "Il manque " + locale.Euro(sheet.Breakdown.Abs()) + " de règlements"
	if sheet.Breakdown > 0 {
		what = "Il y a " + locale.Euro(sheet.Breakdown) + " de règlements en trop"
	}
	switch {
	case !mayForce:
		f.Field(FieldBreakdown, what+" par rapport au total à encaisser. Corrigez les montants, ou demandez à un responsable de clôturer.")
	case strings.TrimSpace(sheet.BreakdownReason) == "":
		f.Field(FieldBreakdown, what+". Corrigez les montants, ou dites pourquoi la journée se clôture ainsi.")
	}
}

func checkMethod(f *fault.Fault, m MethodLine, sheet Sheet, s Setup) {
	if !m.Method.Held() {
		if m.Taken < 0 {
			f.Field(FieldTaken+m.Method.ID, "Ce montant ne peut pas être négatif.")
		}
		return
	}
	id := m.Method.ID
	switch {
	case m.IsCounted && m.Counted < 0:
		f.Field(FieldCounted+id, "Un montant compté ne peut pas être négatif.")
	case m.Expected < 0 && !m.IsCounted, m.Expected < 0 && m.Method.Kind == "cash":
		f.Field(FieldCounted+id, m.Method.Label+"\u00a0: le solde théorique est négatif ("+locale.Euro(m.Expected)+"). Vérifiez les dépenses, les remises et le solde de la veille.")
	case m.Method.Kind == "cash" && !m.IsCounted && s.Box.Active:
		f.Field(FieldCounted+id, "Comptez les espèces, 0 si le tiroir est vide.")
	}
	if m.Beyond && sheet.Reasons[id].Code == "" {
		f.Field(FieldReason+id, m.Method.Label+"\u00a0: l’écart de "+locale.SignedEuro(m.OverShort)+" dépasse la tolérance ("+locale.Euro(s.Settings.Tolerance)+"). Choisissez un motif.")
	}
	if sheet.Reasons[id].Code == "other" && sheet.Reasons[id].Note == "" {
		f.Field(FieldReasonNote+id, "Précisez le motif de l’écart.")
	}
	if m.Method.Kind == "cash" {
		checkRemitted(f, m)
	}
}

func checkRemitted(f *fault.Fault, m MethodLine) {
	if m.Remitted < 0 {
		f.Field(FieldRemitted, "Le montant à remettre ne peut pas être négatif.")
	} else if m.Left < 0 {
		f.Field(FieldRemitted, "On ne peut pas remettre plus que ce qui est en caisse ("+locale.Euro(m.Left+m.Remitted)+").")
	}
}

// checkCredit checks that credit by customer comes to the amount of its method.
func checkCredit(f *fault.Fault, sheet Sheet, s Setup) {
	if s.Settings.Credit != "customer" {
		if sheet.Repaid < 0 {
			f.Field(FieldRepaid, "Les crédits réglés ne peuvent pas être négatifs.")
		}
		return
	}
	var granted money.Amount
	for _, c := range slices.Concat(sheet.GrantedTo, sheet.RepaidBy) {
		if c.Amount < 0 {
			f.Field(FieldRepaid, "Un crédit accordé ou réglé ne peut pas être négatif.")
		}
	}
	for _, c := range sheet.GrantedTo {
		granted += c.Amount
	}
	if total := sheet.Granted(); granted != total {
		f.Field(FieldGrantedTo, "Le détail par client ("+locale.Euro(granted)+") diffère du crédit accordé ("+locale.Euro(total)+"). Répartissez le montant entre les clients.")
	}
}

func sortedDays[V any](m map[day.Day]V) []day.Day { return slices.Sorted(maps.Keys(m)) }
