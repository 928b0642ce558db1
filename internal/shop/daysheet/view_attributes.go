package daysheet

import (
	"encaisse/internal/base/locale"
	"strconv"
	"strings"

	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// today marks the cell of today.
func today(c DayCell) templ.Attributes {
	if !c.Today {
		return nil
	}
	return templ.Attributes{"aria-current": "date"}
}

func currentDay(current bool) templ.Attributes {
	if !current {
		return nil
	}
	return templ.Attributes{"aria-current": "date"}
}

func currentStep(current bool) templ.Attributes {
	if !current {
		return nil
	}
	return templ.Attributes{"aria-current": "step"}
}

// inputID is the id of the control of a field, as the components give it.
func inputID(f ui.Field) string { return "c-" + f.Name }

// explained names the error of a control the page writes itself.
func explained(f ui.Field) templ.Attributes {
	if f.Error == "" {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": inputID(f) + "-err"}
}

// titled is a word of help under the pointer.
func titled(note string) templ.Attributes {
	if note == "" {
		return nil
	}
	return templ.Attributes{"title": note}
}

// footTone is the colour of a figure of the foot.
func footTone(c Compare) string {
	switch c.Class {
	case "ok":
		return "pos"
	case "err":
		return "neg"
	}
	return ""
}

// conflictVerb agrees with who modified: somebody, or you.
func conflictVerb(who string) string {
	if strings.HasPrefix(who, "Vous") {
		return "avez"
	}
	return "a"
}

// blanksTitle says how many fields were left blank.
func blanksTitle(blanks []string) string {
	if len(blanks) == 1 {
		return "Un champ laissé vide compte pour 0"
	}
	return locale.Int(int64(len(blanks))) + "\u00a0champs laissés vides comptent pour 0"
}

// hidden tells the ears to skip what the label of a cell says in words.
func hidden(c DayCell) string { return strconv.FormatBool(c.URL != "") }
