package demo

import (
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/company"
)

// What a day sells beside an ordinary one, in thousandths.
var (
	monthly = [13]int{0, 880, 900, 950, 980, 1020, 1040, 1070, 1010, 970, 980, 990, 1150}
	// From Sunday to Saturday. The shop on the market place is closed on Monday, the one by the station on Sunday.
	market  = [7]int{980, 700, 820, 920, 880, 1090, 1430}
	station = [7]int{700, 860, 910, 950, 960, 1120, 1210}
)

// turnover is what a till sells on a day.
func (b *builder) turnover(t *till, on day.Day) money.Amount {
	d := throw(b.Seed, "turnover", t.name, string(on))
	year, week := on.Time().ISOWeek()
	wave := throw(b.Seed, "week", t.name, time.Date(year, 1, week, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
	amount := t.ordinary
	for _, permille := range []int{
		t.weekdays[on.Weekday()], monthly[on.Time().Month()], feast(on), 1000 + t.growth*on.Since(b.First)/365, wave.around(45), d.around(110),
	} {
		amount = share(amount, permille)
	}
	return amount
}

// feast is what a day sells more because of what people prepare.
func feast(on day.Day) int {
	t := on.Time()
	switch md := int(t.Month())*100 + t.Day(); {
	case md == 1224:
		return 1750
	case md == 1223:
		return 1550
	case md >= 1220 && md <= 1222:
		return 1330
	case md >= 1215 && md <= 1219:
		return 1140
	case md == 1231:
		return 1500
	case md == 1230:
		return 1200
	case md == 214 || md == 1031:
		return 1090
	case md >= 102 && md <= 112:
		return 860
	}
	if easter := company.Easter(t.Year()); on == easter.Add(-1) || on == easter.Add(-2) {
		return 1220
	}
	if _, holiday := company.HolidayOn(company.Mainland, on.Add(1)); holiday {
		return 1130
	}
	return 1000
}

// lines are how much each line of the ticket Z sells, by a word of its label: on an ordinary day, and in thousandths of it in summer and
// before Christmas.
var lines = []struct {
	word                     string
	ordinary, summer, winter int
}{
	{"Épicerie", 330, 1000, 1000}, {"Fruits", 210, 1250, 850}, {"rémerie", 190, 1000, 1000}, {"Boissons", 60, 1600, 800}, {"Vins", 120, 1050, 1350},
	{"Confiserie", 40, 700, 1700}, {"Hygiène", 40, 1000, 1000}, {"Presse", 10, 1000, 1000},
}

// lineWeight is how much a line sells in a month, beside the others.
func lineWeight(label string, month time.Month, d dice) money.Amount {
	weight := 30
	for _, l := range lines {
		if !strings.Contains(label, l.word) {
			continue
		}
		weight = l.ordinary
		switch month {
		case time.June, time.July, time.August:
			weight = weight * l.summer / 1000
		case time.November, time.December:
			weight = weight * l.winter / 1000
		}
	}
	return money.Amount(weight * d.around(120))
}
