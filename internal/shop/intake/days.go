package intake

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/sheet"
	"encaisse/internal/shop/daysheet"
)

// dayEntry is a day sheet that would come in.
type dayEntry struct {
	box    string
	on     day.Day
	fields map[string]string
}

const mostLabels = 200

// days reads day sheets: lines of the same day and box add up.
func (p *planner) days(rows [][]string) error {
	if p.mapping.column(onDay) < 0 {
		p.refuse(0, "Dites quelle colonne donne la date.")
		return nil
	}
	labelled := p.mapping.column(byRubric) >= 0 || p.mapping.column(byPayment) >= 0
	if labelled && p.mapping.column(byAmount) < 0 {
		p.refuse(0, "Dites quelle colonne donne le montant de chaque ligne.")
		return nil
	}
	if labelled {
		p.labels(rows)
	}
	type place struct {
		box string
		on  day.Day
	}
	at := map[place]int{}
	for n := p.mapping.Header; n < len(rows); n++ {
		if empty(rows[n]) {
			continue
		}
		p.plan.Rows++
		line := n + 1
		on, ok := readDay(p.cell(rows[n], onDay))
		if !ok {
			p.refuse(line, "La date «\u00a0"+p.cell(rows[n], onDay)+"\u00a0» ne se lit pas. Exemple\u00a0: 20/11/2026.")
			continue
		}
		box, found := p.box(line, rows[n])
		if !found {
			continue
		}
		k, known := at[place{box, on}]
		if !known {
			k = len(p.plan.Entries)
			at[place{box, on}] = k
			p.plan.Entries = append(p.plan.Entries, Entry{Line: line, day: dayEntry{box, on, map[string]string{}}})
		}
		p.add(line, rows[n], p.plan.Entries[k].day)
	}
	return p.judge()
}

// readDay reads a date as files write it: 20/11/2026, 2026-11-20T08:05, 20 nov. 2026 8:05.
func readDay(text string) (day.Day, bool) {
	if on, ok := sheet.Serial(text); ok {
		return on, true
	}
	if words := strings.Fields(text); len(words) >= 3 {
		if month := locale.Month(words[1]); month != 0 {
			text = words[0] + "/" + strconv.Itoa(int(month)) + "/" + words[2]
		}
	}
	text, _, _ = strings.Cut(strings.Replace(text, "T", " ", 1), " ")
	text = strings.TrimRight(text, ",")
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == '-' || r == '.' })
	if len(parts) != 3 {
		return "", false
	}
	if len(parts[0]) == 4 {
		parts[0], parts[2] = parts[2], parts[0]
	}
	if len(parts[2]) == 2 {
		parts[2] = "20" + parts[2]
	}
	for i := range 2 {
		if len(parts[i]) == 1 {
			parts[i] = "0" + parts[i]
		}
	}
	on, err := day.Parse(parts[2] + "-" + parts[1] + "-" + parts[0])
	return on, err == nil
}

// box is the cash box of a line.
func (p *planner) box(line int, row []string) (string, bool) {
	name := p.cell(row, inBox)
	if name == "" {
		name = p.mapping.Box
	}
	for _, b := range p.registers.Boxes {
		if b.ID == name || name != "" && locale.Fold(b.Name) == locale.Fold(name) {
			return b.ID, true
		}
	}
	if name == "" {
		p.refuse(line, "Aucune caisse n’est indiquée\u00a0: choisissez-en une pour tout le fichier, ou la colonne qui la donne.")
	} else {
		p.refuse(line, "Aucune caisse en service ne s’appelle «\u00a0"+name+"\u00a0».")
	}
	return "", false
}

// summed are the fields whose amounts add up from line to line; counts of sales too.
func summed(field string) bool {
	for _, prefix := range []string{daysheet.FieldSale, daysheet.FieldTaken} {
		if strings.HasPrefix(field, prefix) {
			return true
		}
	}
	return slices.Contains([]string{daysheet.FieldVouchers, daysheet.FieldRepaid, daysheet.FieldOverpayment, daysheet.FieldRemitted}, field)
}

// add adds what a line says to the sheet of its day.
func (p *planner) add(line int, row []string, d dayEntry) {
	for i, target := range p.mapping.Columns {
		if i >= len(row) || row[i] == "" || target == onDay || target == inBox || target == "" {
			continue
		}
		text := row[i]
		switch {
		case target == byAmount:
			p.addLabelled(line, row, d)
		case target == byRubric || target == byPayment || target == byType:
		case summed(target):
			if a, ok := p.amount(line, i, text); ok {
				d.plus(target, a)
			}
		case target == daysheet.FieldSalesCount || target == daysheet.FieldCustomers:
			n, _, err := locale.ParseCount(strings.TrimSuffix(text, ".0"))
			if err != nil {
				p.refuse(line, p.title(i)+"\u00a0: "+err.Error())
				continue
			}
			before, _ := strconv.Atoi(d.fields[target]) // "" is 0
			d.fields[target] = strconv.Itoa(before + n)
		case strings.HasPrefix(target, daysheet.FieldCounted):
			a, ok := p.amount(line, i, text)
			if before, given := d.fields[target]; ok && given && before != locale.Input(a) {
				p.refuse(line, p.title(i)+"\u00a0: un autre montant est déjà donné pour ce jour.")
			} else if ok {
				d.fields[target] = locale.Input(a)
			}
		default:
			d.fields[target] = text
		}
	}
}

// title is how a column is named to people.
func (p *planner) title(column int) string {
	if column < len(p.plan.Titles) && p.plan.Titles[column] != "" {
		return "«\u00a0" + p.plan.Titles[column] + "\u00a0»"
	}
	return "Colonne " + strconv.Itoa(column+1)
}

func (p *planner) amount(line, column int, text string) (money.Amount, bool) {
	a, _, err := locale.ParseAmount(strings.NewReplacer("$", "", "EUR", "", "(", "-", ")", "").Replace(text))
	if err != nil {
		p.refuse(line, p.title(column)+"\u00a0: «\u00a0"+text+"\u00a0» ne se lit pas. "+err.Error())
	}
	return a, err == nil
}

func (d dayEntry) plus(target string, a money.Amount) {
	before, _, _ := locale.ParseAmount(d.fields[target]) // written by us, or ""
	d.fields[target] = locale.Input(before + a)
}

// givenBack are the words that say of a line that its amount was given back, folded.
var givenBack = []string{"remboursement", "rembourse", "retour", "avoir", "annulation", "refund", "return"}

// addLabelled adds the amount of a line to the category and to the method its labels are matched with.
func (p *planner) addLabelled(line int, row []string, d dayEntry) {
	a, ok := p.amount(line, p.mapping.column(byAmount), p.cell(row, byAmount))
	if !ok {
		return
	}
	if slices.Contains(givenBack, locale.Fold(p.cell(row, byType))) {
		a = -a.Abs() // some write what is given back with a sign, some without
	}
	for _, by := range []string{byRubric, byPayment} {
		if p.mapping.column(by) < 0 {
			continue
		}
		label := p.cell(row, by)
		switch target := p.target(by, label); target {
		case leftOut:
		case "":
			p.refuse(line, "«\u00a0"+label+"\u00a0» ne correspond à rien\u00a0: dites plus haut ce que c’est, ou de laisser ces lignes.")
		default:
			d.plus(target, a)
		}
	}
}

// target is what a label is matched with: by choice, else by its own words.
func (p *planner) target(by, label string) string {
	if t := p.mapping.Values[by+":"+locale.Fold(label)]; t != "" {
		return t
	}
	prefix := daysheet.FieldSale
	if by == byPayment {
		prefix = daysheet.FieldTaken
	}
	for _, t := range targets(Days, p.registers) {
		if strings.HasPrefix(t.ID, prefix) && slices.Contains(t.Words, locale.Fold(label)) {
			return t.ID
		}
	}
	return ""
}

// labels lists the labels of the lines, in the order they come.
func (p *planner) labels(rows [][]string) {
	at := map[string]int{}
	for n := p.mapping.Header; n < len(rows); n++ {
		for _, by := range []string{byRubric, byPayment} {
			if p.mapping.column(by) < 0 || empty(rows[n]) {
				continue
			}
			text := p.cell(rows[n], by)
			key := by + ":" + locale.Fold(text)
			if i, known := at[key]; known {
				p.plan.Labels[i].Lines++
			} else if len(p.plan.Labels) < mostLabels {
				at[key] = len(p.plan.Labels)
				p.plan.Labels = append(p.plan.Labels, Label{Field: key, Text: text, Target: p.target(by, text), Lines: 1})
			}
		}
	}
}

// judge says of each day what would become of it.
func (p *planner) judge() error {
	setup := daysheet.Setup{Settings: p.registers.Settings, Categories: p.registers.Categories, Methods: p.registers.Methods, Today: p.registers.Settings.Today(p.q.Now())}
	slices.SortStableFunc(p.plan.Entries, func(a, b Entry) int { return strings.Compare(string(a.day.on)+a.day.box, string(b.day.on)+b.day.box) })
	for _, b := range p.registers.Boxes {
		var mine []int
		for i, e := range p.plan.Entries {
			if e.day.box == b.ID {
				mine = append(mine, i)
			}
		}
		if len(mine) == 0 {
			continue
		}
		first, last := p.plan.Entries[mine[0]].day.on, p.plan.Entries[mine[len(mine)-1]].day.on
		closed, drafts, err := daysheet.Occupied(p.q, b.ID, first, last)
		if err != nil {
			return err
		}
		setup.Box = b
		for _, i := range mine {
			e := &p.plan.Entries[i]
			e.Label, e.Detail = locale.Date(e.day.on), b.Name
			switch _, typed := drafts[e.day.on]; {
			case closed[e.day.on]:
				p.refuse(e.Line, "La journée du "+locale.Date(e.day.on)+" est déjà clôturée. Retirez-la du fichier, ou corrigez-la dans Encaisse.")
			case typed:
				p.refuse(e.Line, "Quelqu’un a commencé à saisir la journée du "+locale.Date(e.day.on)+". Effacez cette saisie, ou retirez la ligne du fichier.")
			case e.day.on > setup.Today:
				p.refuse(e.Line, "La journée du "+locale.Date(e.day.on)+" n’est pas encore commencée.")
			case e.day.on < b.FirstDay:
				p.refuse(e.Line, "La caisse «\u00a0"+b.Name+"\u00a0» est suivie depuis le "+locale.Date(b.FirstDay)+". Changez sa date de départ dans Réglages\u00a0› Caisses.")
			default:
				setup.On = e.day.on
				p.compute(e, setup)
			}
		}
	}
	return nil
}

func (p *planner) compute(e *Entry, setup daysheet.Setup) {
	figures, err := daysheet.Read(e.day.fields, setup)
	if err != nil {
		p.refuse(e.Line, said(err))
		return
	}
	s := daysheet.Compute(figures, setup)
	e.Gross, e.Taken = s.Gross, s.Paid
	if len(figures.Sales) == 0 && len(figures.Taken) == 0 {
		p.refuse(e.Line, "Cette ligne ne donne ni vente ni règlement.")
	} else if s.Breakdown != 0 {
		e.Remark = "Différence de ventilation\u00a0: " + locale.SignedEuro(s.Breakdown)
		if p.mapping.Close {
			e.Remark += ", restera à clôturer"
		}
	}
}

func sortedNames(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
