package question

import (
	"net/url"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/right"
	"encaisse/internal/web"

	"github.com/a-h/templ"
)

// CardOf is what the page of a day shows of the questions about it; nil when there is nothing to show to the person.
func CardOf(c *web.Ctx, q db.Querier, box string, on day.Day) (templ.Component, error) {
	if !c.Can(right.QuestionAnswer) {
		return nil, nil
	}
	list, err := OfDay(q, box, on)
	if err != nil {
		return nil, err
	}
	d := DayCard{List: list, Base: c.URL("questions"), Zone: c.Zone(), Asking: FromFirm(c)}
	if c.Can(right.QuestionAsk) {
		d.NewURL = AskURL(c, box, on)
	}
	if len(list) == 0 && d.NewURL == "" {
		return nil, nil
	}
	return dayCard(d), nil
}

// AskURL is where a question about a day is asked.
func AskURL(c *web.Ctx, box string, on day.Day) string {
	return c.URL("questions", "nouvelle") + "?" + url.Values{"caisse": {box}, "jour": {string(on)}}.Encode()
}
