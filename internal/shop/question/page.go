package question

import (
	"strings"
	"time"

	"encaisse/internal/base/locale"
	"encaisse/internal/web/ui"
)

// ListPage is the threads of a company: those open, or those closed.
type ListPage struct {
	Frame  ui.Frame
	Base   string
	List   []Question
	Closed bool
	More   string // id of the last one shown, when others follow
	Asking bool   // the person is of the firm
	Zone   *time.Location
}

// FormPage asks.
type FormPage struct {
	Frame   ui.Frame
	Action  string
	Key     string
	Subject Subject
	Text    ui.Field
	Err     error
}

// ThreadPage is a thread, with what the person may say in it.
type ThreadPage struct {
	Frame    ui.Frame
	Base     string
	Day      string // address of the day
	Key      string
	Question Question
	Messages []Message
	Asking   bool
	Zone     *time.Location
	Text     ui.Field
	Piece    ui.Field
	Err      error
}

// DayCard is the threads about a day, on its page.
type DayCard struct {
	List   []Question
	Base   string // address of the questions of the company
	NewURL string // "" for who does not ask
	Asking bool
	Zone   *time.Location
}

func textField(label, help string) ui.Field {
	return ui.Field{Name: "texte", Label: label, Help: help, Max: MaxText, Rows: 4}
}

// fields are those of the form of the page.
func (p *ThreadPage) fields(a ui.Answers) {
	p.Text = textField("Votre réponse", "Une phrase suffit.")
	if p.Asking {
		p.Text = textField("Votre message", "")
	}
	p.Text = a.Fill(p.Text)
	p.Piece = a.Fill(ui.Field{Name: "piece", Label: "Photo ou PDF", Accept: "image/*,application/pdf", Optional: true, Help: "JPEG, PNG, WebP ou PDF, 5\u00a0Mo au plus."})
}

// words say where a thread stands, to who asks and to who answers.
func (s State) words(asking bool) (tone ui.Tone, icon, text string) {
	switch {
	case s == Closed:
		return ui.Neutral, "cadenas", "Close"
	case s == Answered && asking:
		return ui.Info, "mail", "Réponse à lire"
	case s == Answered:
		return ui.OK, "coche", "Répondu"
	case asking:
		return ui.Neutral, "horloge", "En attente du client"
	}
	return ui.Warn, "aide", "À répondre"
}

func (m Message) words() string {
	switch m.Kind {
	case Asks:
		return "demande"
	case Answers:
		return "répond"
	}
	return "clôt la question"
}

// paragraphs are the lines of a message that say something.
func (m Message) paragraphs() []string {
	var list []string
	for line := range strings.SplitSeq(m.Text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// Short is the beginning of a text, on one line.
func Short(text string) string {
	text = strings.ReplaceAll(text, "\n", " ")
	if r := []rune(text); len(r) > 120 {
		return string(r[:119]) + "…"
	}
	return text
}

func instantWords(t time.Time, zone *time.Location) string { return locale.DateTime(t, zone) }

func (p ListPage) segments() ui.Segments {
	return ui.Segments{Label: "Questions", Items: []ui.Segment{{Label: "Ouvertes", URL: p.Base, Current: !p.Closed}, {Label: "Closes", URL: p.Base + "?etat=closes", Current: p.Closed}}}
}

func (p ListPage) title() string {
	if p.Closed {
		return "Questions closes"
	}
	return locale.Plural(len(p.List), "question ouverte", "questions ouvertes")
}

func (p ListPage) empty() ui.EmptyState {
	switch {
	case p.Closed:
		return ui.EmptyState{Icon: "aide", Title: "Aucune question close", Text: "Les questions closes restent lisibles ici, avec leurs réponses."}
	case p.Asking:
		return ui.EmptyState{Icon: "coche", Title: "Aucune question ouverte", Text: "On pose une question depuis une journée ou une ligne d’un relevé\u00a0; le client la trouve sur son accueil."}
	}
	return ui.EmptyState{Icon: "coche", Title: "Aucune question ouverte", Text: "Quand votre comptable vous demande quelque chose sur une journée, sa question arrive ici et sur l’accueil."}
}

func (p ThreadPage) verb() string {
	if p.Asking {
		return "/preciser"
	}
	return "/repondre"
}

func (p ThreadPage) replyTitle() string {
	if p.Asking {
		return "Ajouter un message"
	}
	return "Répondre"
}

func (p ThreadPage) send() string {
	if p.Asking {
		return "Envoyer le message"
	}
	return "Envoyer la réponse"
}
