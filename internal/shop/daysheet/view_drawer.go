package daysheet

import (
	"encoding/json"
	"slices"
	"strconv"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web/ui"
)

// Drawer is the card of what is in the box.
type Drawer struct {
	HasCash   bool
	Cash      HeldRow
	Blind     bool // what is expected stays hidden until the drawer is counted
	Revealed  bool // the box is counted blind, and the count is over
	Lines     []DrawerLine
	Count     *CountGrid // nil: what was counted does not change any more
	Remitted  ui.Field
	Left      string
	Float     string // what usually stays in the drawer, to type; "" none
	FloatText string
	Others    []HeldRow
	OtherGap  bool // one of the others differs
	Movements []MovementRow
	Operation string // address of the form of a movement, "" when it is not for the visitor
	AddLabel  string
	Gap       Compare
}

// HeldRow is a method that keeps money in the box.
type HeldRow struct {
	ID       string
	Icon     string
	Label    string
	Expected string
	Differs  bool // what was counted is not what is expected
	Counted  ui.Field
	Gap      Compare
	Reason   ReasonBlock
}

// ReasonBlock asks why the drawer does not match.
type ReasonBlock struct {
	Hidden bool
	Code   ui.Field
	Note   ui.Field
}

// DrawerLine is a line of the computation of what is expected.
type DrawerLine struct{ Label, Amount, Key string }

// CountGrid is the count by notes and coins.
type CountGrid struct {
	Notes, Coins []Piece
	Loose        ui.Field
	LooseAmount  string
	Total        string
	Expected     string
	Gap          Compare
}

// Piece is a denomination.
type Piece struct {
	ui.Field
	Value  string // in cents
	Amount string
	First  bool // where one starts to count
}

// MovementRow is a movement of the day.
type MovementRow struct {
	Label, Method, Amount string
	Reversed              bool
	Late                  bool // recorded on a later day
	Receipt               string
}

const firstCoin, startOfCount = 200, 5000

// drawer makes the third card.
func (v sheetView) drawer() Drawer {
	d := Drawer{Blind: v.blind, Revealed: v.Box.BlindCount && !v.blind, Movements: v.movementRows(), Gap: Compare{"attente", "info", "Espèces à compter", "—"}, AddLabel: "Apport, prélèvement ou remise"}
	if v.Settings.Expenses {
		d.AddLabel = "Dépense, apport ou remise"
	}
	if v.Records && v.State != period.Locked {
		d.Operation = v.url("caisses", v.Box.ID, "operation")
	}
	for _, l := range v.sheet.Methods {
		switch {
		case !l.Method.Held():
		case l.Method.Kind == tender.Cash && !d.HasCash:
			d.HasCash = true
			v.cash(&d, l)
		default:
			row := v.heldRow(l)
			d.OtherGap = d.OtherGap || l.OverShort != 0
			d.Others = append(d.Others, row)
		}
	}
	return d
}

// cash fills what the card says of cash.
func (v sheetView) cash(d *Drawer, l MethodLine) {
	d.Cash, d.Lines, d.Left = v.heldRow(l), v.lines(l), locale.Euro(l.Left)
	d.Gap = d.Cash.Gap
	d.Remitted = v.field(FieldRemitted, "À remettre")
	if v.frozen() {
		d.Remitted.ReadOnly = true
	} else {
		d.Count = v.countGrid(l)
		float := v.Box.TargetFloat
		if float == 0 {
			float = l.Method.Float
		}
		if float > 0 {
			d.Float, d.FloatText = locale.Input(float), locale.Euro(float)
		}
	}
}

// frozen tells whether what was counted does not change any more.
func (v sheetView) frozen() bool { return v.Correcting && v.State == period.Locked }

func (v sheetView) heldRow(l MethodLine) HeldRow {
	row := HeldRow{ID: l.Method.ID, Icon: l.Method.Icon(), Label: l.Method.Label, Expected: locale.Euro(l.Expected), Counted: v.field(FieldCounted+l.Method.ID, l.Method.Label), Gap: v.gap(l), Reason: v.reason(l)}
	row.Counted.ReadOnly = v.frozen()
	if l.Method.Kind == tender.Cash {
		row.Counted.Label = "Espèces comptées"
		return row
	}
	if l.Method.Prefilled && !v.blind {
		row.Counted.Placeholder = locale.Input(l.Expected)
	}
	row.Differs = l.OverShort != 0 && !v.blind
	return row
}

// gap is the check of what was counted against what is expected.
func (v sheetView) gap(l MethodLine) Compare {
	amount := locale.SignedEuro(l.OverShort)
	switch {
	case v.blind:
		return Compare{"attente", "info", "Comptage à l’aveugle", "—"}
	case !l.IsCounted && l.Method.Kind == tender.Cash:
		return Compare{"attente", "info", "Espèces à compter", "—"}
	case !l.IsCounted && !l.Method.Prefilled:
		return Compare{"attente", "info", "Non compté", "—"}
	case l.OverShort == 0 && l.Method.Kind != tender.Cash:
		return Compare{"ok", "coche", "Conforme", amount}
	case l.OverShort == 0:
		return Compare{"ok", "coche", "Caisse juste", amount}
	case !l.Beyond:
		return Compare{"ok", "coche", "Écart toléré", amount}
	case l.OverShort < 0:
		return Compare{"err", "alerte", "Manque en caisse", amount}
	}
	return Compare{"err", "alerte", "Trop en caisse", amount}
}

func (v sheetView) reason(l MethodLine) ReasonBlock {
	b := ReasonBlock{Hidden: v.blind || !l.Beyond, Code: v.field(FieldReason+l.Method.ID, "Pourquoi cet écart\u00a0?"), Note: v.field(FieldReasonNote+l.Method.ID, "Précision pour le cabinet")}
	b.Code.Help = "Au-delà de " + locale.Euro(v.Settings.Tolerance) + ", le motif est obligatoire."
	for _, r := range Reasons() {
		b.Code.Options = append(b.Code.Options, ui.Option{Value: r.Code, Label: r.Label})
	}
	b.Note.Max, b.Note.Optional = 200, true
	return b
}

// lines are the terms of what is expected in the drawer. A kind of movement that did not happen takes no line.
func (v sheetView) lines(l MethodLine) []DrawerLine {
	lines := []DrawerLine{{"Solde de la veille", locale.Euro(l.Opening), ""}, {"+ Espèces du jour", locale.Euro(l.Taken), "taken-" + l.Method.ID}}
	add := func(label string, a money.Amount) {
		if a != 0 {
			lines = append(lines, DrawerLine{Label: label, Amount: locale.Euro(a)})
		}
	}
	count := func(k cashbox.Kind) string {
		n := 0
		for _, m := range v.Movements {
			if m.Kind.Group() == k && m.Signed(v.Box.ID, l.Method.ID) != 0 {
				n++
			}
		}
		return " (" + strconv.Itoa(n) + ")"
	}
	in := "+ Apports"
	if slices.ContainsFunc(v.Movements, func(m cashbox.Recorded) bool { return m.Kind == cashbox.Income && m.Signed(v.Box.ID, l.Method.ID) != 0 }) {
		in = "+ Apports et recettes"
	}
	add(in+count(cashbox.PaidIn), l.PaidIn)
	add("− Prélèvements"+count(cashbox.PaidOut), l.PaidOut)
	add("− Dépenses"+count(cashbox.Expense), l.Expenses)
	add("− Remises en banque"+count(cashbox.Deposit), l.Deposits)
	add("± Transferts"+count(cashbox.Transfer), l.Transfers)
	add("± Autres écritures", l.Other)
	return lines
}

// countGrid is the count by notes and coins, in the order staff are taught.
func (v sheetView) countGrid(l MethodLine) *CountGrid {
	g := &CountGrid{Loose: v.field(FieldLoose, "Rouleaux, autre"), LooseAmount: locale.Euro(v.sheet.Loose), Total: locale.Euro(CountOf(v.sheet.Pieces, v.sheet.Loose)), Expected: locale.Euro(l.Expected)}
	counted := l
	counted.Counted, counted.IsCounted = CountOf(v.sheet.Pieces, v.sheet.Loose), true
	counted.OverShort = counted.Counted - l.Expected
	counted.Beyond = counted.OverShort.Abs() > v.Settings.Tolerance
	g.Gap = v.gap(counted)
	for _, value := range Denominations {
		label := strconv.Itoa(value/100) + "\u00a0€"
		if value < 100 {
			label = strconv.Itoa(value) + "\u00a0c"
		}
		p := Piece{Field: v.field(FieldPieces+strconv.Itoa(value), label), Value: strconv.Itoa(value), Amount: locale.Euro(money.Amount(value * v.sheet.Pieces[value])), First: value == startOfCount}
		if value > firstCoin {
			g.Notes = append(g.Notes, p)
		} else {
			g.Coins = append(g.Coins, p)
		}
	}
	return g
}

// movementRows lists what moved in the box that day.
func (v sheetView) movementRows() []MovementRow { return v.Page.movementRows(v.Natures, v.Visitor) }

func (p Page) movementRows(natures map[string]string, visitor Visitor) []MovementRow {
	methods := map[string]string{}
	for _, m := range p.Methods {
		methods[m.ID] = m.Label
	}
	var rows []MovementRow
	for _, m := range p.Movements {
		row := MovementRow{Label: m.Kind.Label(), Method: methods[m.Method], Amount: locale.Euro(m.Amount), Reversed: m.Reversed, Late: m.BackDated}
		if nature := natures[m.Role]; nature != "" && m.Role != "" {
			row.Label += ", " + nature
		}
		if m.Memo != "" {
			row.Label += "\u00a0: " + m.Memo
		}
		if m.Attachment != "" {
			row.Receipt = visitor.url("caisses", m.Box, "justificatifs", m.Attachment)
		}
		rows = append(rows, row)
	}
	return rows
}

// sheetModel is what the script computes a sheet with. A balance that must stay hidden is not there.
type sheetModel struct {
	Categories []modelCategory `json:"categories"`
	Methods    []modelMethod   `json:"methods"`
	Tolerance  money.Amount    `json:"tolerance"`
	ByCustomer bool            `json:"byCustomer"`
	Blind      bool            `json:"blind"`
}

type modelCategory struct {
	ID   string   `json:"id"`
	Rate vat.Rate `json:"rate"`
}

type modelMethod struct {
	ID        string        `json:"id"`
	Cash      bool          `json:"cash"`
	Held      bool          `json:"held"`
	OnAccount bool          `json:"onAccount"`
	Prefilled bool          `json:"prefilled"`
	Posted    *money.Amount `json:"posted"`
}

func newModel(s Setup, blind bool) sheetModel {
	m := sheetModel{Tolerance: s.Settings.Tolerance, ByCustomer: s.Settings.Credit == "customer", Blind: blind}
	for _, c := range s.Categories {
		m.Categories = append(m.Categories, modelCategory{c.ID, c.Rate})
	}
	for _, t := range s.Methods {
		method := modelMethod{ID: t.ID, Cash: t.Kind == tender.Cash, Held: t.Held(), OnAccount: t.Kind == tender.OnAccount, Prefilled: t.Prefilled && t.Kind != tender.Cash}
		if t.Held() && !blind {
			posted := s.Posted[t.ID]
			method.Posted = &posted
		}
		m.Methods = append(m.Methods, method)
	}
	return m
}

func (v sheetView) model() string {
	text, err := json.Marshal(newModel(v.Setup, v.blind))
	if err != nil {
		panic("daysheet: model: " + err.Error()) // names and integers always marshal
	}
	return string(text)
}

// named lists the fields of the page in order, for a summary of errors.
func (p DayPage) named() []ui.Field {
	var list []ui.Field
	add := func(fields ...*ui.Field) {
		for _, f := range fields {
			if f != nil {
				list = append(list, *f)
			}
		}
	}
	credit := func(l *CreditList, name string) {
		if l != nil {
			list = append(list, ui.Field{Name: name, ID: "c-" + fieldNew + l.Prefix, Label: l.Label})
			list = append(append(list, l.Rows...), l.Customer, l.Amount)
		}
	}
	if p.Correction != nil {
		add(&p.Correction.Reason)
	}
	t := p.Ticket
	add(&t.Z)
	for i := range t.Sales {
		add(&t.Sales[i].Field)
	}
	add(t.Vouchers, t.Repaid, t.Overpaid, &t.SalesCount, t.Customers)
	credit(t.RepaidBy, FieldRepaid)
	for i := range p.Payments.Rows {
		add(&p.Payments.Rows[i].Field)
		credit(p.Payments.Rows[i].Granted, FieldGrantedTo)
	}
	if p.Payments.Reason == nil {
		list = append(list, ui.Field{Name: FieldBreakdown, ID: "ventilation", Label: "Ventilation"})
	}
	add(p.Payments.Reason, &p.Payments.Note)
	for _, row := range append([]HeldRow{p.Drawer.Cash}, p.Drawer.Others...) {
		reason := row.Reason.Code
		reason.Label = "Motif de l’écart, " + row.Label
		add(&row.Counted, &reason, &row.Reason.Note)
	}
	if g := p.Drawer.Count; g != nil {
		for _, piece := range append(g.Notes, g.Coins...) {
			add(&piece.Field)
		}
		add(&g.Loose)
	}
	add(&p.Drawer.Remitted)
	return list
}
