package scan

import (
	"errors"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/paper/ocr"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/web/ui"
)

// AskPage asks for a photo.
type AskPage struct {
	Frame   ui.Frame
	Base    string
	Day     string
	Key     string
	Photo   ui.Field
	Missing *Missing     // nil: photos can be read here
	Closed  *fault.Fault // why the day takes none
	Err     error
}

// Missing is what the machine lacks to read photos, and how to install it.
type Missing struct {
	Title, Text string
	Ways        []Way
}

// Way is how a system installs it: by a command, or in words.
type Way struct{ System, Command, Text string }

// missingOf is what an error of the reader says to install; nil for none and for other errors.
func missingOf(err error) *Missing {
	switch {
	case errors.Is(err, ocr.ErrAbsent):
		return &Missing{"Tesseract n’est pas installé", "La lecture des photos demande Tesseract, un programme libre et gratuit, sur l’ordinateur où tourne Encaisse. Les photos n’en sortent pas.", []Way{
			{System: "Debian, Ubuntu", Command: "sudo apt-get install tesseract-ocr tesseract-ocr-fra"},
			{System: "Fedora", Command: "sudo dnf install tesseract tesseract-langpack-fra"},
			{System: "macOS", Command: "brew install tesseract tesseract-lang"},
			{System: "Windows", Text: "Prenez l’installateur de l’université de Mannheim, sur github.com/UB-Mannheim/tesseract/wiki. Pendant l’installation, cochez «\u00a0French\u00a0» dans «\u00a0Additional language data\u00a0» et gardez le dossier proposé."},
		}}
	case errors.Is(err, ocr.ErrNoFrench):
		return &Missing{"Il manque le français à Tesseract", "Tesseract est installé, sans les données qui lui font lire le français.", []Way{
			{System: "Debian, Ubuntu", Command: "sudo apt-get install tesseract-ocr-fra"},
			{System: "Fedora", Command: "sudo dnf install tesseract-langpack-fra"},
			{System: "macOS", Command: "brew install tesseract-lang"},
			{System: "Windows", Text: "Relancez l’installateur de Tesseract et cochez «\u00a0French\u00a0» dans «\u00a0Additional language data\u00a0»."},
		}}
	}
	return nil
}

func photoField() ui.Field {
	return ui.Field{Name: "photo", Label: "Photo du ticket Z", Accept: "image/jpeg,image/png", Help: "Le ticket à plat, bien éclairé, en entier dans l’image. JPEG ou PNG, 5\u00a0Mo au plus."}
}

// OnePage is a photo: what it would bring, or when and by whom it was kept.
type OnePage struct {
	Frame    ui.Frame
	Base     string
	Day      string
	Another  string
	Scan     Scan
	Sheet    daysheet.Page
	Same     []Scan
	Names    map[string]string
	Zone     *time.Location
	Err      error
	MayEnter bool

	Revision string // of the draft the page starts from
	Proposal Proposal
	Checks   []Check
	Z        ui.Field
	Rows     []RowFields
	Aside    []RowFields
}

// RowFields is a line of the ticket with its two fields.
type RowFields struct {
	Row
	Target ui.Field
	Amount ui.Field
}

// Tone goes with the words of how sure a line is.
func (t Trust) Tone() ui.Tone {
	switch t {
	case Sure:
		return ui.OK
	case Unread:
		return ui.Error
	}
	return ui.Warn
}

// Icon goes with the words of how sure a line is.
func (t Trust) Icon() string {
	if t == Sure {
		return "coche"
	}
	return "alerte"
}

// breaking are the spaces of a printed line where a page may not break it.
var breaking = regexp.MustCompile(`(\d) (\d)| ([:;!?»€%])|« `)

// typeset is a line as it was read, with the spaces of a page: inside numbers and before signs, they do not break.
func typeset(text string) string {
	for range 2 { // a digit may end one pair and begin another
		text = breaking.ReplaceAllStringFunc(text, func(found string) string { return strings.Replace(found, " ", "\u00a0", 1) })
	}
	return text
}

// tone is that of how sure the line is; one that is refused, or that nobody knows, asks for attention too.
func (row RowFields) tone() ui.Tone {
	if row.Target.Error != "" || row.Amount.Error != "" {
		return ui.Error
	}
	if row.Row.Target == "" && row.Trust == Sure {
		return ui.Warn
	}
	return row.Trust.Tone()
}

// fill works the proposal out. typed is a form that comes back.
func (p *OnePage) fill(r Registers, typed url.Values) {
	p.Proposal = Propose(p.Scan, r, typed)
	p.Checks = p.Proposal.checks(r)
	p.Revision = "0"
	if d := p.Sheet.Draft; d != nil {
		p.Revision = strconv.Itoa(d.Revision)
	}
	answers := ui.Answers{Err: p.Err}
	if p.Err == nil && typed != nil {
		_, _, answers.Err = p.Proposal.Figures()
	}
	p.Z = answers.Fill(ui.Field{Name: fieldZ, Label: "Numéro du ticket Z", Value: p.Proposal.Z.Value, Max: 30})
	options := []ui.Option{{Value: "", Label: "À préciser"}}
	for _, t := range r.Targets() {
		options = append(options, ui.Option{Value: t.ID, Label: t.Label, Group: t.Group})
	}
	fields := func(rows []Row) []RowFields {
		list := make([]RowFields, len(rows))
		for i, row := range rows {
			of := ", ligne «\u00a0" + typeset(row.Read) + "\u00a0»"
			list[i] = RowFields{Row: row,
				Target: answers.Fill(ui.Field{Name: targetName(row.N), Label: "Compte dans" + of, Value: row.Target, Options: options, HideLabel: true}),
				Amount: answers.Fill(ui.Field{Name: amountName(row.N), Label: "Chiffre" + of, Value: row.Value, HideLabel: true, Mode: "text"})}
		}
		return list
	}
	p.Rows, p.Aside = fields(p.Proposal.Rows), fields(p.Proposal.Aside)
}

// named are the fields in order, to name them in a summary of errors.
func (p OnePage) named() []ui.Field {
	list := []ui.Field{p.Z}
	for _, rows := range [][]RowFields{p.Rows, p.Aside} {
		for _, row := range rows {
			list = append(list, row.Target, row.Amount)
		}
	}
	return list
}

// otherDay tells that the ticket bears another date than the day; "" when it does not, or bears none.
func (p OnePage) otherDay() string {
	if p.Proposal.Date == "" || p.Proposal.Date == string(p.Scan.On) {
		return ""
	}
	return "La date lue est le " + p.Proposal.Dated.value + " («\u00a0" + typeset(p.Proposal.Dated.text) + "\u00a0»), et cette journée est celle du " + locale.Date(p.Scan.On) + ". Vérifiez que c’est le bon ticket."
}

// sameText tells where the same photo was kept.
func (p OnePage) sameText() string {
	s := p.Same[0]
	return "Cette photo est déjà celle de la journée du " + locale.Date(s.On) + ", lue par " + p.name(s.By) + " le " + locale.DateTime(s.KeptAt, p.Zone) + "."
}

func (p OnePage) name(by string) string {
	if name := p.Names[by]; name != "" {
		return name
	}
	return "quelqu’un qui a quitté l’équipe"
}

// typedAlready tells that the draft holds figures the photo would replace.
func (p OnePage) typedAlready() bool {
	return p.Sheet.Draft != nil && p.Sheet.Draft.Gross != 0
}

func (p OnePage) toCheck() (n int) {
	for _, row := range p.Proposal.Rows {
		if row.Trust != Sure || row.Target == "" {
			n++
		}
	}
	return n
}

// summary says how much there is to look at.
func (p OnePage) summary() string {
	switch n := p.toCheck(); {
	case n == 0:
		return "Comparez chaque ligne avec la photo, puis reportez."
	default:
		return locale.Plural(n, "ligne à vérifier", "lignes à vérifier") + ". Comparez avec la photo et corrigez avant de reporter."
	}
}
