package firm

import (
	"context"
	"slices"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/books/ledger"
	"encaisse/internal/paper/mail"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/question"
	"encaisse/internal/shop/staff"
	"encaisse/internal/shop/tender"
)

// Frequency is how often somebody wants the letter of alerts.
type Frequency string

// The frequencies. The weekly letter is that of Monday.
const (
	Off    Frequency = "off"
	Daily  Frequency = "daily"
	Weekly Frequency = "weekly"
)

// Digest is the letter of alerts of a person.
type Digest struct {
	UserID    string
	Frequency Frequency
	Last      day.Day // the last day a letter was written or found empty
	token     string  // of the link that stops it
}

// digestHour is the hour in the morning from which letters are written.
const digestHour = 7

// due tells whether the letter of a day is to be written.
func (g Digest) due(on day.Day) bool {
	return g.Last < on && (g.Frequency == Daily || g.Frequency == Weekly && on.Weekday() == time.Monday)
}

// alerts are what a company has to tell somebody.
type alerts struct {
	name, slug string
	lines      []string
}

// WriteDigests writes the letters of alerts that are due: each person has one a day at most, whatever happens in between. A person to whom
// there is nothing to say has none.
func (r *Room) WriteDigests(ctx context.Context) error {
	local := r.db.Now().In(company.Defaults().Zone())
	if !r.people.Mails() || local.Hour() < digestHour {
		return nil
	}
	on := today(local)
	var due []Digest
	err := r.db.Read(ctx, "", func(q *db.Snapshot) (err error) {
		due, err = dueDigests(q, on)
		return err
	})
	if err != nil {
		return err
	}
	for _, g := range due {
		if !g.due(on) {
			continue
		}
		if err := r.writeDigest(ctx, g, on); err != nil {
			return err
		}
	}
	return nil
}

// writeDigest writes the letter of a person. That it is written is noted with it, in one act: it never leaves twice.
func (r *Room) writeDigest(ctx context.Context, g Digest, on day.Day) error {
	person, list, err := r.gather(ctx, g.UserID, on)
	if err != nil {
		return err
	}
	return r.db.Write(ctx, "", func(tx *db.Tx) error {
		mine, err := takeDigest(tx, g.UserID, on)
		if err != nil || !mine || person.ID == "" || len(list) == 0 {
			return err
		}
		return r.people.Post(tx, digestLetter(person, list, on, r.people.PublicURL(), g.token))
	})
}

// gather finds what the companies of a person have to tell them: what they may see of each. Whoever comes through a firm reads the summaries.
func (r *Room) gather(ctx context.Context, userID string, on day.Day) (person staff.User, list []alerts, err error) {
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		var known bool
		if person, known, err = staff.Person(q, userID); err != nil || !known {
			person = staff.User{}
		}
		return err
	})
	if err != nil || person.ID == "" {
		return person, nil, err
	}
	files, err := r.people.Files(ctx, userID)
	if err != nil {
		return person, nil, err
	}
	var through []staff.File
	for _, f := range files.Files {
		if f.RoleID == "" {
			through = append(through, f)
			continue
		}
		a := alerts{name: f.Name, slug: f.Slug}
		err := r.db.Read(ctx, f.ID, func(q *db.Snapshot) (err error) {
			a.lines, err = companyAlerts(q, userID)
			return err
		})
		if err != nil {
			return person, nil, err
		}
		if len(a.lines) > 0 {
			list = append(list, a)
		}
	}
	kept, err := r.firmAlerts(ctx, through, on)
	return person, append(list, kept...), err
}

// firmAlerts are those of companies looked after, this month and the one before, the worst first.
func (r *Room) firmAlerts(ctx context.Context, files []staff.File, on day.Day) (list []alerts, err error) {
	if len(files) == 0 {
		return nil, nil
	}
	var rows []Row
	lines := map[string][]string{}
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		for _, month := range []day.Month{on.Month(), on.Month().Add(-1)} {
			summaries, err := daysheet.Summaries(q, month)
			if err != nil {
				return err
			}
			for _, f := range files {
				s, known := summaries[f.ID]
				row := newRow(staff.FirmFile{Entry: f.Entry}, nil, s, known, month, on)
				if words := row.words(); words != "" {
					rows = append(rows, row)
					lines[f.ID] = append(lines[f.ID], locale.Title(locale.MonthName(month))+"\u00a0: "+words)
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	sortWorst(rows)
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		asked, err := question.Counts(q)
		for _, f := range files {
			if n := asked[f.ID].Answered; n > 0 {
				if len(lines[f.ID]) == 0 {
					rows = append(rows, Row{Ref: f.Ref})
				}
				lines[f.ID] = append(lines[f.ID], locale.Plural(n, "réponse à lire", "réponses à lire"))
			}
		}
		return err
	})
	for _, row := range rows {
		if said := lines[row.ID]; said != nil {
			list = append(list, alerts{row.Name, row.Slug, said})
			delete(lines, row.ID)
		}
	}
	return list, err
}

// companyAlerts are those of a company somebody works in: missing days and drafts for who enters them, over-shorts and cash for who sees balances.
func companyAlerts(q db.Querier, userID string) (lines []string, err error) {
	rights, locations, seated, err := staff.Seat(q, userID)
	if err != nil || !seated {
		return nil, err
	}
	settings, err := company.Load(q)
	if err != nil {
		return nil, err
	}
	if rights.Has(right.QuestionAnswer) {
		if lines, err = askedAlerts(q, locations); err != nil {
			return nil, err
		}
	}
	todos, err := daysheet.Todos(q)
	if err != nil {
		return nil, err
	}
	methods, err := tender.List(q)
	if err != nil {
		return nil, err
	}
	for _, t := range todos {
		if locations != nil && !slices.Contains(locations, t.Box.Location) {
			continue
		}
		if rights.Has(right.DaysheetEnter) {
			lines = append(lines, dayAlerts(t, settings.Today(q.Now()))...)
		}
		if !rights.Has(right.BalanceView) {
			continue
		}
		for _, g := range t.Gaps {
			lines = append(lines, gapAlert(t.Box.Name, g))
		}
		balances, err := ledger.Balances(q, cashbox.Prefix(t.Box.ID))
		if err != nil {
			return nil, err
		}
		lines = append(lines, cashAlerts(t.Box, settings, methods, balances)...)
	}
	return lines, nil
}

// askedAlerts are the questions that wait for an answer, in the shops somebody is kept to.
func askedAlerts(q db.Querier, locations []string) (lines []string, err error) {
	open, err := question.Open(q)
	if err != nil {
		return nil, err
	}
	for _, x := range open {
		box, err := cashbox.ByID(q, x.Box)
		if err != nil {
			return nil, err
		}
		if x.State == question.Waiting && (locations == nil || box.Location == "" || slices.Contains(locations, box.Location)) {
			lines = append(lines, "Question de votre comptable à répondre\u00a0: "+x.About)
		}
	}
	return lines, nil
}

// dayAlerts are the days of a box that wait.
func dayAlerts(t daysheet.Todo, today day.Day) (lines []string) {
	if n := len(t.Missing); n > 0 {
		lines = append(lines, t.Box.Name+"\u00a0: "+locale.Plural(n, "journée à saisir", "journées à saisir")+", la première le "+locale.Date(t.Missing[0]))
	}
	old := 0
	for _, on := range t.Drafts {
		if on < today {
			old++
		}
	}
	if old > 0 {
		lines = append(lines, t.Box.Name+"\u00a0: "+locale.Plural(old, "brouillon à clôturer", "brouillons à clôturer"))
	}
	return lines
}

func gapAlert(box string, c daysheet.Cell) string {
	if c.Breakdown != 0 {
		return box + ", " + locale.Date(c.On) + "\u00a0: différence de ventilation de " + locale.SignedEuro(c.Breakdown)
	}
	return box + ", " + locale.Date(c.On) + "\u00a0: écart de caisse non expliqué de " + locale.SignedEuro(c.OverShort)
}

// cashAlerts are those of the cash a box holds: below zero, under its least, over its most.
func cashAlerts(b cashbox.Box, s company.Settings, methods []tender.Method, balances map[string]money.Amount) (lines []string) {
	var cash money.Amount
	for _, m := range methods {
		if m.Kind == tender.Cash {
			cash += balances[cashbox.AccountKey(b.ID, m.ID)]
		}
	}
	least, most := b.MinCash, b.MaxCash
	if least == 0 {
		least = s.MinCash
	}
	if most == 0 {
		most = s.MaxCash
	}
	switch {
	case cash < 0:
		lines = append(lines, b.Name+"\u00a0: les espèces sont négatives ("+locale.Euro(cash)+")\u00a0; une opération manque ou se trompe de jour")
	case least > 0 && cash < least:
		lines = append(lines, b.Name+"\u00a0: "+locale.Euro(cash)+" en espèces, sous le minimum de "+locale.Euro(least))
	case most > 0 && cash > most:
		lines = append(lines, b.Name+"\u00a0: "+locale.Euro(cash)+" en espèces, au-dessus du maximum de "+locale.Euro(most))
	}
	return lines
}

// mostAlerts bounds a letter: beyond, the rest is counted.
const mostAlerts = 60

// digestLetter is the letter itself.
func digestLetter(to staff.User, list []alerts, on day.Day, address, token string) mail.Message {
	var b strings.Builder
	b.WriteString("Bonjour " + to.Name + ",\n\nVoici ce qui attend dans vos caisses ce " + locale.LongDate(on) + ".\n")
	for i, a := range list {
		if i == mostAlerts {
			b.WriteString("\nEt " + locale.Plural(len(list)-i, "autre dossier", "autres dossiers") + ".\n")
			break
		}
		b.WriteString("\n" + a.name + "\n")
		for _, line := range a.lines {
			b.WriteString("- " + line + "\n")
		}
		b.WriteString(address + "/d/" + a.slug + "/\n")
	}
	b.WriteString("\nPour recevoir ce message plus ou moins souvent\u00a0: " + address + "/compte/alertes\nPour ne plus le recevoir\u00a0: " + address + "/alertes/" + token + "\n")
	n := 0
	for _, a := range list {
		n += len(a.lines)
	}
	return mail.Message{To: []string{to.Email}, Subject: "Encaisse\u00a0: " + locale.Plural(n, "point à traiter", "points à traiter"), Text: b.String()}
}
