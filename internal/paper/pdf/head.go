package pdf

import (
	"fmt"
	"strings"

	"encaisse/internal/base/locale"
)

var (
	issuerName    = letters{bold, 11.5, ink}
	issuerLine    = letters{regular, 8, soft}
	titleLetters  = letters{bold, 20, ink}
	subLetters    = letters{regular, 10.5, soft}
	periodLetters = letters{semiBold, 10.5, brand}
	runLetters    = letters{regular, 7.5, faint}
	runStrong     = letters{semiBold, 7.5, soft}
	noteLetters   = letters{regular, 6.8, faint}
	footLetters   = letters{regular, 7.2, faint}
	pageLetters   = letters{semiBold, 7.8, ink}
)

// head draws the top of the first page: who, then what and when.
func (c *canvas) head() {
	top := c.y
	left := marginX
	c.text(issuerName, left, c.y, clean(c.d.Issuer.Name))
	c.y += issuerName.height() + 0.4
	for _, line := range c.d.Issuer.lines() {
		for _, part := range c.wrap(issuerLine, line, c.inner()*0.72, 2) {
			c.text(issuerLine, left, c.y, part)
			c.y += issuerLine.height()
		}
	}
	right := c.width - marginX
	c.textRight(runStrong, right, top+1, clean(c.d.Software))
	c.textRight(runLetters, right, top+1+runLetters.height(), "Édité le "+locale.DateTime(c.d.GeneratedAt, c.d.Place))
	if c.d.By != "" {
		c.textRight(runLetters, right, top+1+2*runLetters.height(), "par "+clean(c.d.By))
	}

	c.y += 6
	c.fill(left, c.y, 16, 1.1, brand)
	c.y += 3.4
	for _, line := range c.wrap(titleLetters, c.d.Title, c.inner(), 2) {
		c.text(titleLetters, left, c.y, line)
		c.y += titleLetters.height()
	}
	for _, line := range c.wrap(subLetters, c.d.Subtitle, c.inner(), 2) {
		if line != "" {
			c.text(subLetters, left, c.y, line)
			c.y += subLetters.height()
		}
	}
	if c.d.Period != "" {
		c.y += 0.6
		c.text(periodLetters, left, c.y, clean(locale.Title(c.d.Period)))
		c.y += periodLetters.height()
	}
	c.y += 3
	c.line(left, right, c.y, 0.2, rule)
	c.y += 4.5
}

// lines are the identity of the issuer under its name.
func (i Issuer) lines() []string {
	var lines []string
	if i.LegalForm != "" {
		lines = append(lines, i.LegalForm)
	}
	if address := joined(", ", i.Address...); address != "" {
		lines = append(lines, address)
	}
	var numbers []string
	if i.SIRET != "" {
		i.SIREN = ""
	}
	for _, n := range [][2]string{{"SIREN", spaced(i.SIREN)}, {"SIRET", spaced(i.SIRET)}, {"N° TVA", i.VATNumber}, {"NAF", i.NAF}} {
		if n[1] != "" {
			numbers = append(numbers, n[0]+locale.NBSP+n[1])
		}
	}
	if i.RCS != "" {
		numbers = append(numbers, i.RCS)
	}
	if len(numbers) > 0 {
		lines = append(lines, strings.Join(numbers, " · "))
	}
	return lines
}

// spaced writes a SIREN or a SIRET in groups: 123 456 789 00012. Anything else than nine or fourteen digits is left as it is.
func spaced(number string) string {
	if len(number) != 9 && len(number) != 14 || strings.Trim(number, "0123456789") != "" {
		return number
	}
	groups := []string{number[:3], number[3:6], number[6:9]}
	if len(number) == 14 {
		groups = append(groups, number[9:])
	}
	return strings.Join(groups, locale.NBSP)
}

// runningHead draws the top of the pages after the first: the same who, what and when, on one line.
func (c *canvas) runningHead() {
	name := clean(c.d.Issuer.Name)
	c.text(runStrong, marginX, c.y, name)
	offset := marginX + c.measure(runStrong, name) + 3
	what := clean(joined(" · ", c.d.Title, c.d.Subtitle))
	period := clean(c.d.Period)
	room := c.width - marginX - offset - c.measure(runLetters, period) - 4
	c.text(runLetters, offset, c.y, c.wrap(runLetters, what, room, 1)[0])
	c.textRight(runLetters, c.width-marginX, c.y, period)
	c.y += runLetters.height() + 1.6
	c.line(marginX, c.width-marginX, c.y, 0.2, rule)
	c.y += 4
}

// notes are the notes of the foot, two lines at most.
func (c *canvas) notes() []string {
	if len(c.d.Notes) > 2 {
		return c.d.Notes[:2]
	}
	return c.d.Notes
}

// feet draws the foot of every page, once the number of pages is known.
func (c *canvas) feet() {
	pages := c.f.PageCount()
	for page := 1; page <= pages; page++ {
		c.f.SetPage(page)
		c.f.SetFillColor(white[0], white[1], white[2]) // a page may have ended on any colour
		y := c.height - footY
		for i := len(c.notes()) - 1; i >= 0; i-- {
			y -= noteLetters.height()
			c.text(noteLetters, marginX, y, c.wrap(noteLetters, c.notes()[i], c.inner(), 1)[0])
		}
		y = c.height - footY + 1.4
		c.line(marginX, c.width-marginX, y, 0.2, rule)
		y += 1.8
		left := clean(joined(" · ", c.d.Software, "édité le "+locale.DateTime(c.d.GeneratedAt, c.d.Place)))
		c.text(footLetters, marginX, y, left)
		c.textRight(pageLetters, c.width-marginX, y-0.2, fmt.Sprintf("Page%s%d / %d", locale.NBSP, page, pages))
	}
}
