package company

import (
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
)

func TestEasterSundayFrom2024To2030(t *testing.T) {
	for year, want := range map[int]day.Day{
		2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2027: "2027-03-28", 2028: "2028-04-16", 2029: "2029-04-01", 2030: "2030-04-21",
		1961: "1961-04-02", 2038: "2038-04-25", // the latest it can be
	} {
		if got := Easter(year); got != want {
			t.Errorf("Easter %d = %s, want %s", year, got, want)
		}
	}
}

func TestPublicHolidaysThatMoveWithEaster(t *testing.T) {
	for year, want := range map[int][4]day.Day{ // Vendredi saint, lundi de Pâques, Ascension, lundi de Pentecôte
		2024: {"2024-03-29", "2024-04-01", "2024-05-09", "2024-05-20"},
		2025: {"2025-04-18", "2025-04-21", "2025-05-29", "2025-06-09"},
		2026: {"2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25"},
		2027: {"2027-03-26", "2027-03-29", "2027-05-06", "2027-05-17"},
		2028: {"2028-04-14", "2028-04-17", "2028-05-25", "2028-06-05"},
		2029: {"2029-03-30", "2029-04-02", "2029-05-10", "2029-05-21"},
		2030: {"2030-04-19", "2030-04-22", "2030-05-30", "2030-06-10"},
	} {
		on := map[string]day.Day{}
		for _, h := range PublicHolidays(AlsaceMoselle, year) {
			on[h.Key] = h.On
		}
		for i, key := range []string{"vendredi-saint", "lundi-de-paques", "ascension", "lundi-de-pentecote"} {
			if on[key] != want[i] {
				t.Errorf("%s %d = %s, want %s", key, year, on[key], want[i])
			}
		}
	}
}

// LAW-CAL-1
func TestEachZoneHasItsOwnHolidays(t *testing.T) {
	common := []string{"01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"}
	for zone, own := range map[Zone][]string{
		Mainland: nil, Corsica: nil, AlsaceMoselle: {"04-03", "12-26"}, Guadeloupe: {"05-27"}, Martinique: {"05-22"}, Guyane: {"06-10"},
		Reunion: {"12-20"}, Mayotte: {"04-27"}, SaintMartin: {"05-28"}, SaintBarthelemy: {"10-09"},
	} {
		want := append(append([]string{"04-06", "05-14", "05-25"}, common...), own...) // the three of Easter 2026 that are everywhere
		slices.Sort(want)
		var got []string
		for _, h := range PublicHolidays(zone, 2026) {
			got = append(got, string(h.On[5:]))
		}
		if !slices.Equal(got, want) {
			t.Errorf("holidays of %s in 2026 = %v, want %v", zone, got, want)
		}
	}
}

func TestADayIsWhatTheWeekThenTheHolidaysThenTheExceptionsSay(t *testing.T) {
	c := Calendar{
		Zone:     Mainland,
		Weeks:    []DatedWeek{{"", Workdays}, {"2026-09-01", Workdays &^ 1}}, // closed on Monday since September 2026
		Holidays: map[string]bool{"lundi-de-pentecote": true},
		Exceptions: []Exception{
			{First: "2026-08-03", Last: "2026-08-23", Label: "Congés d’été"},
			{First: "2026-08-10", Last: "2026-08-10", Open: true, Label: "Foire"},
			{First: "2026-12-20", Last: "2026-12-20", Open: true, Label: "Dimanche avant Noël"},
		},
	}
	for _, x := range []struct {
		on    day.Day
		want  State
		label string
	}{
		{"2026-06-22", Open, ""}, // a Monday of before
		{"2026-09-07", Closed, ""},
		{"2026-09-08", Open, ""},
		{"2026-11-22", Closed, ""}, // a Sunday
		{"2026-11-11", Holiday, "Armistice de 1918"},
		{"2026-05-25", Open, "Lundi de Pentecôte"},
		{"2026-08-15", Closed, "Congés d’été"}, // a holiday within the exception
		{"2026-08-10", Open, "Foire"},
		{"2026-12-20", Open, "Dimanche avant Noël"},
		{"2026-12-26", Open, ""},
	} {
		if got, label := c.State(x.on); got != x.want || label != x.label {
			t.Errorf("%s is %s %q, want %s %q", x.on, got, label, x.want, x.label)
		}
	}
}

func TestTheFiscalYearBeginsWithItsMonth(t *testing.T) {
	s := Defaults()
	s.YearStart = 10
	for on, want := range map[day.Day][2]day.Day{
		"2026-09-30": {"2025-10-01", "2026-09-30"}, "2026-10-01": {"2026-10-01", "2027-09-30"}, "2027-02-28": {"2026-10-01", "2027-09-30"},
	} {
		if first, last := s.FiscalYear(on); first != want[0] || last != want[1] {
			t.Errorf("fiscal year of %s = %s to %s", on, first, last)
		}
	}
}

func TestASlugIsASCII(t *testing.T) {
	for name, want := range map[string]string{
		"Épicerie des Halles": "epicerie-des-halles", "  L’Œuf & la Poule !": "l-oeuf-la-poule", "北京": "societe", "123": "123",
		"Une très très longue dénomination sociale à rallonge SARL": "une-tres-tres-longue-denomination-social",
	} {
		if got := slugOf(name); got != want {
			t.Errorf("slugOf(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestAZoneIsGuessedFromThePostcode(t *testing.T) {
	for postcode, want := range map[string]Zone{
		"75011": Mainland, "67000": AlsaceMoselle, "57000": AlsaceMoselle, "20000": Corsica, "97110": Guadeloupe, "97133": SaintBarthelemy,
		"97150": SaintMartin, "97200": Martinique, "97300": Guyane, "97400": Reunion, "97600": Mayotte, "": Mainland,
	} {
		if got := ZoneOf(postcode); got != want {
			t.Errorf("zone of %s = %s, want %s", postcode, got, want)
		}
	}
}

func TestWrongSettingsAreNamedFieldByField(t *testing.T) {
	right := Defaults()
	right.LegalName = "Halles SARL"
	if err := right.check(); err != nil {
		t.Fatalf("settings that are right are refused: %v", err)
	}
	for field, spoil := range map[string]func(*Settings){
		"legal_name": func(s *Settings) { s.LegalName = "" },
		"siren":      func(s *Settings) { s.SIREN = "732829321" },
		"vat_number": func(s *Settings) { s.SIREN, s.VATNumber = "404833048", "FR44732829320" },
		"naf":        func(s *Settings) { s.NAF = "4711B" },
		"postcode":   func(s *Settings) { s.Postcode = "7501" },
		"email":      func(s *Settings) { s.Email = "contact@boutique" },
		"time_zone":  func(s *Settings) { s.TimeZone = "Europe/Lutèce" },
		"cutoff":     func(s *Settings) { s.Cutoff = 13 },
		"vat_regime": func(s *Settings) { s.VATRegime = "never" },
		"year_start": func(s *Settings) { s.YearStart = 0 },
		"credit":     func(s *Settings) { s.Credit = "" },
		"max_cash":   func(s *Settings) { s.MinCash, s.MaxCash = 10000, 5000 },
		"tolerance":  func(s *Settings) { s.Tolerance = -1 },
		"lock_days":  func(s *Settings) { s.LockDays = 366 },
	} {
		s := right
		spoil(&s)
		err := s.check()
		var f *fault.Fault
		if f, _ = err.(*fault.Fault); f == nil || f.Fields[field] == "" || len(f.Fields) != 1 {
			t.Errorf("%s spoilt: %v", field, err)
		}
	}
}

func TestTheVATNumberFollowsTheSIRENUnlessTheCompanyCollectsNone(t *testing.T) {
	s := Defaults()
	s.SIREN, s.NAF = "732 829 320", "4711b"
	if got := s.normalise(); got.VATNumber != "FR44732829320" || got.NAF != "47.11B" {
		t.Errorf("normalised: %q, %q", got.VATNumber, got.NAF)
	}
	s.VATRegime = Franchise
	if got := s.normalise(); got.VATNumber != "" {
		t.Errorf("a franchise got the VAT number %q", got.VATNumber)
	}
}

func TestALocationBelongsToItsCompany(t *testing.T) {
	l := Location{Name: "Halles", SIRET: "73282932000074", Zone: Mainland}
	if err := l.check("732829320"); err != nil {
		t.Errorf("its own SIRET is refused: %v", err)
	}
	if err := l.check("404833048"); err == nil || !strings.Contains(err.Error(), "autre SIREN") {
		t.Errorf("the SIRET of another company: %v", err)
	}
	l.Zone = "lune"
	if err := l.check(""); !fault.Is(err, fault.Invalid) {
		t.Errorf("a zone that does not exist: %v", err)
	}
}
