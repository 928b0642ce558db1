package question

import (
	"time"

	"encaisse/internal/shop/cashbox"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Samples are the pages of the room with made-up people.
func Samples() []web.Sample {
	const base = "/d/epicerie-des-halles/questions"
	at := time.Date(2026, time.November, 20, 9, 12, 0, 0, time.UTC)
	till := cashbox.Box{ID: "b1", Name: "Caisse 1"}
	asked := Question{ID: "q1", Box: till.ID, On: "2026-11-16", About: "Caisse 1, lundi 16\u00a0novembre 2026", By: "u1", At: at, State: Waiting, First: "Il manque 12,40\u00a0€ lundi sans explication. Une dépense a-t-elle été oubliée\u00a0?"}
	told := Question{ID: "q2", Box: till.ID, On: "2026-11-12", Entry: "e1", About: "Caisse 1, jeudi 12\u00a0novembre 2026\u00a0: écriture n°\u00a0118, «\u00a0timbres\u00a0»", By: "u1", At: at, State: Answered, First: "Avez-vous le reçu des timbres\u00a0?"}
	said := []Message{{Kind: Asks, Text: told.First, By: "u1", ByName: "Claire Faure", At: at}, {Kind: Answers, Text: "Oui, le voici.\nIl était dans le tiroir.", Attachment: "a1", By: "u2", ByName: "Samira Benali", At: at.Add(time.Hour)}}
	frame := func(title, under string) ui.Frame {
		f := ui.SampleFrame(title)
		f.Subtitle, f.Back = under, ui.Link{Label: "Toutes les questions", URL: base}
		return f
	}
	thread := func(x Question, asking bool, messages ...Message) ThreadPage {
		p := ThreadPage{Frame: frame("Question", x.About), Base: base + "/" + x.ID, Day: "/d/epicerie-des-halles/journees/b1/" + string(x.On), Key: "k1", Question: x, Messages: messages, Asking: asking, Zone: time.UTC}
		p.fields(ui.Answers{})
		return p
	}
	closed := told
	closed.State = Closed
	last := append(said[:2:2], Message{Kind: Closes, By: "u1", ByName: "Claire Faure", At: at.Add(2 * time.Hour)})
	list := ListPage{Frame: frame("Questions", ""), Base: base, List: []Question{asked, told}, Zone: time.UTC}
	archive := ListPage{Frame: frame("Questions", ""), Base: base, List: []Question{closed}, Closed: true, More: "q2", Zone: time.UTC}
	form := FormPage{Frame: frame("Poser une question", ""), Action: base + "/nouvelle", Key: "k1", Subject: Subject{Box: till, On: asked.On, About: asked.About}, Text: textField("Votre question", "")}
	return []web.Sample{
		{Name: "questions", Title: "Questions", Page: listPage(list)},
		{Name: "questions-closes", Title: "Questions closes", Page: listPage(archive)},
		{Name: "questions-aucune", Title: "Aucune question", Page: listPage(ListPage{Frame: frame("Questions", ""), Base: base})},
		{Name: "question-nouvelle", Title: "Poser une question", Page: formPage(form)},
		{Name: "question-a-repondre", Title: "Question à répondre", Page: threadPage(thread(asked, false, said[0]))},
		{Name: "question-repondue", Title: "Question répondue, vue du cabinet", Page: threadPage(thread(told, true, said...))},
		{Name: "question-close", Title: "Question close", Page: threadPage(thread(closed, true, last...))},
	}
}
