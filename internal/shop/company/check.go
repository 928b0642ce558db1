package company

import (
	"net/mail"
	"strconv"
	"strings"
	"time"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/siren"
)

// cashLimit bounds thresholds and floats: beyond it a figure is a slip of the finger.
const cashLimit money.Amount = 100_000_000

// normalise gives settings the form they are kept in.
func (s Settings) normalise() Settings {
	s.SIREN, s.VATNumber = siren.Clean(s.SIREN), siren.Clean(s.VATNumber)
	s.NAF = strings.ToUpper(strings.ReplaceAll(s.NAF, " ", ""))
	if len(s.NAF) == 5 && !strings.Contains(s.NAF, ".") {
		s.NAF = s.NAF[:2] + "." + s.NAF[2:]
	}
	if s.VATNumber == "" && s.VATRegime != Franchise && siren.Valid(s.SIREN) {
		s.VATNumber = siren.VATNumber(s.SIREN)
	}
	return s
}

// check finds everything wrong with settings.
func (s Settings) check() error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	s.checkIdentity(f)
	s.checkCounting(f)
	s.checkThresholds(f)
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

func (s Settings) checkIdentity(f *fault.Fault) {
	if s.LegalName == "" && s.TradeName == "" {
		f.Field("legal_name", "Donnez la raison sociale, ou le nom et le prénom de l’exploitant.")
	}
	if s.SIREN != "" && !siren.Valid(s.SIREN) {
		f.Field("siren", "Ce numéro SIREN est inexact\u00a0: neuf chiffres, dont le dernier est une clé. Vérifiez-le sur votre avis de situation.")
	}
	if s.VATNumber != "" && !siren.ValidVATNumber(s.VATNumber) {
		f.Field("vat_number", "Ce numéro de TVA est inexact. En France\u00a0: FR, deux chiffres, puis le SIREN.")
	} else if s.VATNumber != "" && s.SIREN != "" && strings.HasPrefix(s.VATNumber, "FR") && s.VATNumber[4:] != s.SIREN {
		f.Field("vat_number", "Ce numéro de TVA n’est pas celui de ce SIREN.")
	}
	if s.NAF != "" && !validNAF(s.NAF) {
		f.Field("naf", "Un code NAF s’écrit avec quatre chiffres et une lettre, par exemple 47.11B.")
	}
	if s.Postcode != "" && !validPostcode(s.Postcode) {
		f.Field("postcode", "Un code postal a cinq chiffres.")
	}
	if s.Email != "" && !validEmail(s.Email) {
		f.Field("email", "Cette adresse e-mail est incomplète. Exemple\u00a0: contact@boutique.fr.")
	}
}

func (s Settings) checkCounting(f *fault.Fault) {
	if s.Currency != "EUR" {
		f.Field("currency", "La monnaie est l’euro.")
	}
	if _, err := time.LoadLocation(s.TimeZone); err != nil || s.TimeZone == "" || s.TimeZone == "Local" {
		f.Field("time_zone", "Choisissez un fuseau horaire de la liste.")
	}
	if s.Cutoff < 0 || s.Cutoff > 12 {
		f.Field("cutoff", "L’heure de changement de journée va de 0 h à 12 h.")
	}
	if s.VATRegime != Monthly && s.VATRegime != Quarterly && s.VATRegime != Franchise {
		f.Field("vat_regime", "Choisissez un régime de TVA.")
	}
	if s.YearStart < 1 || s.YearStart > 12 {
		f.Field("year_start", "Choisissez le mois où commence l’exercice.")
	}
	if s.Credit != CreditOff && s.Credit != CreditTotal && s.Credit != CreditByCustomer {
		f.Field("credit", "Choisissez comment suivre le crédit client.")
	}
}

func (s Settings) checkThresholds(f *fault.Fault) {
	for name, amount := range map[string]money.Amount{"min_cash": s.MinCash, "max_cash": s.MaxCash, "tolerance": s.Tolerance} {
		if amount < 0 || amount > cashLimit {
			f.Field(name, "Ce montant va de 0 à "+locale.Euro(cashLimit)+".")
		}
	}
	if s.MaxCash != 0 && s.MaxCash < s.MinCash {
		f.Field("max_cash", "Le maximum est sous le minimum.")
	}
	if s.LockDays < 0 || s.LockDays > 365 {
		f.Field("lock_days", "Le verrouillage automatique va de 0 (jamais) à 365 jours.")
	}
}

// check finds everything wrong with a location of a company whose SIREN is given.
func (l Location) check(companySIREN string) error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	if l.Name == "" {
		f.Field("name", "Donnez un nom à la boutique.")
	}
	if l.SIRET != "" && !siren.ValidSIRET(l.SIRET) {
		f.Field("siret", "Ce numéro SIRET est inexact\u00a0: le SIREN, puis cinq chiffres dont le dernier est une clé.")
	} else if l.SIRET != "" && companySIREN != "" && l.SIRET[:9] != companySIREN {
		f.Field("siret", "Ce SIRET n’est pas celui d’un établissement de la société\u00a0: il commence par un autre SIREN.")
	}
	if l.Postcode != "" && !validPostcode(l.Postcode) {
		f.Field("postcode", "Un code postal a cinq chiffres.")
	}
	if !l.Zone.known() {
		f.Field("zone", "Choisissez la zone des jours fériés et de la TVA.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

func validNAF(text string) bool {
	if len(text) != 6 || text[2] != '.' || text[5] < 'A' || text[5] > 'Z' {
		return false
	}
	_, err := strconv.Atoi(text[:2] + text[3:5])
	return err == nil
}

func validEmail(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text && strings.Contains(text[strings.LastIndex(text, "@"):], ".")
}
