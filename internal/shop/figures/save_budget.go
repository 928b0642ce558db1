package figures

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/company"

	"golang.org/x/text/encoding/charmap"
)

// mostGoal is the most a budget of a month may be: beyond it is a slip of the finger.
const mostGoal money.Amount = 10_000_000_000

// SaveGoals keeps budgets: those given, and drops the ones emptied (nil). Fault Invalid for an amount out of bounds.
func SaveGoals(tx *db.Tx, by string, goals map[Slot]*money.Amount) error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	for slot, amount := range goals {
		if amount != nil && (*amount < 0 || *amount > mostGoal) {
			f.Field(slot.Field(), "Un budget va de 0 à "+locale.Euro(mostGoal)+".")
		}
	}
	if len(f.Fields) > 0 {
		return f
	}
	for slot, amount := range goals {
		var err error
		if amount == nil {
			err = dropGoal(tx, slot.Location, slot.Month)
		} else {
			err = putGoal(tx, Goal{Location: slot.Location, Month: slot.Month, Amount: *amount}, by)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Slot is the place of a budget: a month of a shop.
type Slot struct {
	Location string
	Month    day.Month
}

// Field is the name of its field in the form.
func (s Slot) Field() string { return "b-" + string(s.Month) + "-" + s.Location }

// fileColumns are the columns of the file of a budget, as it is exported and imported.
var fileColumns = []string{"Mois", "Établissement", "Budget TTC"}

// ReadGoals reads a budget from a CSV file, whole or not at all: a line a month and a shop, separated by semicolons, commas or tabs, with a first
// line of titles. Every fault is said with its line.
func ReadGoals(body []byte, shops []company.Location) (map[Slot]*money.Amount, error) {
	text := string(body)
	if !utf8.Valid(body) {
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(body)
		if err != nil {
			return nil, badFile("Ce fichier ne se lit pas comme du texte. Enregistrez-le en CSV.")
		}
		text = string(decoded)
	}
	text = strings.TrimPrefix(text, "\uFEFF")
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma, reader.FieldsPerRecord, reader.LazyQuotes = separator(text), -1, true
	goals, faults := map[Slot]*money.Amount{}, []string(nil)
	for line := 1; ; line++ {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, badFile("Ligne " + strconv.Itoa(line) + "\u00a0: cette ligne ne se lit pas.")
		}
		if line == 1 || strings.TrimSpace(strings.Join(record, "")) == "" {
			continue
		}
		slot, amount, why := readGoal(record, shops)
		if why == "" && goals[slot] != nil {
			why = "ce mois de cet établissement est déjà dans le fichier"
		}
		if why != "" {
			faults = append(faults, "Ligne "+strconv.Itoa(line)+"\u00a0: "+why+".")
			continue
		}
		goals[slot] = &amount
	}
	switch {
	case len(faults) > 5:
		return nil, badFile(strings.Join(faults[:5], " ") + " Et " + locale.Plural(len(faults)-5, "autre ligne", "autres lignes") + ". Rien n’a été importé.")
	case len(faults) > 0:
		return nil, badFile(strings.Join(faults, " ") + " Rien n’a été importé.")
	case len(goals) == 0:
		return nil, badFile("Ce fichier ne contient aucun budget. Il faut une ligne de titres, puis une ligne par mois\u00a0: mois, établissement, montant.")
	}
	return goals, nil
}

func badFile(message string) error {
	return fault.New(fault.Invalid, "Le fichier n’a pas été importé.").Field("fichier", message)
}

// separator is the sign that parts the titles.
func separator(text string) rune {
	titles, _, _ := strings.Cut(text, "\n")
	for _, sign := range []rune{';', '\t'} {
		if strings.ContainsRune(titles, sign) {
			return sign
		}
	}
	return ','
}

// readGoal reads a line of the file; why says what is wrong with it.
func readGoal(record []string, shops []company.Location) (slot Slot, amount money.Amount, why string) {
	if len(record) == 2 && len(shops) == 1 {
		record = []string{record[0], shops[0].Name, record[1]}
	}
	if len(record) < 3 {
		return slot, 0, "il faut un mois, un établissement et un montant"
	}
	month, ok := readMonth(record[0])
	if !ok {
		return slot, 0, "le mois «\u00a0" + strings.TrimSpace(record[0]) + "\u00a0» ne se lit pas, écrivez par exemple 01/2026"
	}
	slot.Month = month
	for _, l := range shops {
		if locale.Fold(l.Name) == locale.Fold(record[1]) || record[1] == "" && len(shops) == 1 {
			slot.Location = l.ID
		}
	}
	if slot.Location == "" {
		return slot, 0, "l’établissement «\u00a0" + strings.TrimSpace(record[1]) + "\u00a0» n’est pas un des vôtres"
	}
	amount, given, err := locale.ParseAmount(record[2])
	switch {
	case err != nil || !given:
		return slot, 0, "le montant «\u00a0" + strings.TrimSpace(record[2]) + "\u00a0» ne se lit pas"
	case amount < 0 || amount > mostGoal:
		return slot, 0, "un budget va de 0 à " + locale.Euro(mostGoal)
	}
	return slot, amount, ""
}

// readMonth reads 2026-01, 01/2026, 01/01/2026 or janvier 2026.
func readMonth(text string) (day.Month, bool) {
	text = locale.Fold(text)
	if m, err := day.ParseMonth(text); err == nil {
		return m, true
	}
	if parts := strings.Split(text, "/"); len(parts) >= 2 {
		if number := parts[len(parts)-2]; len(number) == 1 {
			parts[len(parts)-2] = "0" + number
		}
		m, err := day.ParseMonth(parts[len(parts)-1] + "-" + parts[len(parts)-2])
		return m, err == nil
	}
	name, year, _ := strings.Cut(text, " ")
	for m := day.Month("2026-01"); m <= "2026-12"; m = m.Add(1) {
		word, _, _ := strings.Cut(locale.Fold(locale.MonthName(m)), " ")
		if word == name {
			found, err := day.ParseMonth(year + string(m[4:]))
			return found, err == nil
		}
	}
	return "", false
}
