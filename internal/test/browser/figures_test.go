package browser

import (
	"encoding/csv"
	"regexp"
	"strings"
	"testing"
	"time"

	"encaisse/internal/test/program"
)

func TestEveryListOfMoneyIsTotalledAlignedPrintedAndExported(t *testing.T) {
	s := openShop(t)
	p := s.enter(t, manager, Desk)
	till := s.till(p, firstTill)
	month := p.Evaluate(`location.pathname.slice(-7)`)
	for name, address := range map[string]string{"journal": "/rapports/journal?mois=" + month + "&caisse=" + till, "synthese": "/rapports/mois/" + month, "mois": "/journees/" + month, "operations": "/caisses/" + till + "/operations", "clients": "/clients"} {
		p.Goto(s.base + address)
		look(p, name)
		astray, err := ask[[]string](p, `[...document.querySelectorAll("table :is(td, th)")].filter(cell => /^[−+]?[\d\s]+,\d\d(\s€)?$/.test(cell.innerText.trim()) && !["right", "end"].includes(getComputedStyle(cell).textAlign)).map(cell => cell.innerText)`)
		if err != nil || len(astray) > 0 {
			t.Errorf("%s: amounts that are not to the right: %q, %v", name, astray, err)
		}
	}
	p.Goto(s.base + "/rapports/journal?mois=" + month + "&caisse=" + till)
	if got := p.Evaluate(`(() => { const list = document.querySelector(".defile:has(tbody tr:nth-child(30))"), head = list.querySelector("th"), before = head.getBoundingClientRect().top; list.scrollTop = 400; return Math.round(head.getBoundingClientRect().top - before); })()`); got != "0" {
		t.Errorf("the head of a long list leaves with its lines: %s px", got)
	}
	for name, address := range map[string]string{"journal": "/rapports/journal?mois=" + month + "&caisse=" + till, "synthese": "/rapports/mois/" + month} {
		p.Goto(s.base + address)
		for _, ending := range []string{"pdf", "xlsx", "csv"} {
			link := p.Evaluate(`[...document.querySelectorAll("a[href]")].find(a => new URL(a.href).pathname.endsWith(".` + ending + `"))?.getAttribute("href")`)
			if link == "undefined" {
				t.Fatalf("%s: no file ending in %s", name, ending)
			}
			if got := download(p, link); len(got) < 500 {
				t.Errorf("%s: %s gives %d bytes", name, link, len(got))
			}
		}
	}
	totals(t, s, p, month, till)
}

// totals adds up the lines of the journal of a month, as a file gives them, and finds the sums on the screen and on paper.
func totals(t *testing.T, s *shop, p *Page, month, till string) {
	t.Helper()
	address := "/rapports/journal%s?mois=" + month + "&caisse=" + till
	content := strings.TrimPrefix(string(download(p, s.base+strings.Replace(address, "%s", ".csv", 1))), "\ufeff")
	reader := csv.NewReader(strings.NewReader(content))
	reader.Comma = ';'
	records, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	in, out := 0, 0
	for _, r := range records[1:] {
		for column, sum := range map[int]*int{6: &in, 7: &out} {
			if r[column] != "" {
				*sum += cents(t, r[column])
			}
		}
	}
	p.Goto(s.base + strings.Replace(address, "%s", "", 1)).Sees(euros(in)).Sees(euros(out))
	paper := printed(p, s.base+strings.Replace(address, "%s", ".pdf", 1))
	for _, sum := range []int{in, out} {
		if !strings.Contains(paper, strings.TrimSuffix(euros(sum), " €")) {
			t.Errorf("%s is not on the printed journal", euros(sum))
		}
	}
	if !strings.Contains(paper, "À reporter") && !strings.Contains(paper, "Report") {
		t.Error("no total is carried over from a page to the next")
	}
}

func TestAnotherYearIsComparedOnTheSameWeekdayOrNotAtAll(t *testing.T) {
	s := openShop(t)
	p := s.enter(t, owner, Phone)
	p.Sees("La comparaison viendra avec une année d’historique.")
	if got := p.Texts(".ind"); regexp.MustCompile(`\b0(,0)? %`).MatchString(strings.Join(got, " ")) {
		t.Errorf("a change of 0 %% is made up: %q", got)
	}

	data := t.TempDir()
	said := program.Run(t, "demo", "--days", "380", "--data", data)
	long := &shop{App: serve(t, data, said, []string{"--metrics", ""}), base: s.base, passwords: map[string]string{}, addresses: map[string]string{}}
	long.learn(said)
	for _, size := range Sizes {
		p := long.enter(t, owner, size)
		text := strings.Join(p.Texts(".ind"), " ")
		now, then := frenchDay(t, text, `Chiffre d’affaires du (\S+ \d+\S* \S+), TTC`), frenchDay(t, text, `sur le (\S+ \d+\S* \S+ \d{4})`)
		if now.Weekday() != then.Weekday() || now.Sub(then) != 364*24*time.Hour {
			t.Errorf("%s is compared with %s", now, then)
		}
		if !regexp.MustCompile(`[+−]\d+,\d %`).MatchString(text) {
			t.Errorf("no change in %q", text)
		}
		p.Sees("N-1, mêmes jours de la semaine")
		look(p, "accueil-n-1")
		lookInTheDark(p, "accueil-n-1")
	}
}

var months = []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}

// frenchDay finds a day in a text: samedi 21 novembre 2026. Without a year it is the last one there was.
func frenchDay(t *testing.T, text, pattern string) time.Time {
	t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(simple(text))
	if found == nil {
		t.Fatalf("%s is not in %q", pattern, text)
	}
	words := strings.Fields(found[1])
	number := strings.TrimSuffix(words[1], "er")
	for i, name := range months {
		if words[2] != name {
			continue
		}
		for year := time.Now().Year() + 1; ; year-- {
			on, err := time.Parse("2006-1-2", itoa(year)+"-"+itoa(i+1)+"-"+number)
			if err == nil && (len(words) > 3 && itoa(year) == words[3] || len(words) == 3 && on.Before(time.Now())) {
				return on
			}
		}
	}
	t.Fatalf("no month in %q", found[1])
	return time.Time{}
}
