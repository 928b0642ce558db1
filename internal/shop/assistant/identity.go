package assistant

import (
	"encaisse/internal/base/db"
	"encaisse/internal/base/siren"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
)

// SetIdentity keeps who the company is. The first location, as long as it has no address of its own, takes that of the company, and the
// zone of its postcode decides of holidays, VAT rates and time zone.
func SetIdentity(tx *db.Tx, by string, s company.Settings) error {
	location, err := firstLocation(tx)
	if err != nil {
		return err
	}
	before, err := company.Load(tx)
	if err != nil {
		return err
	}
	if location.Address == (company.Address{}) && s.Postcode != "" {
		location.Address = s.Address
		location.Zone = company.ZoneOf(s.Postcode)
		if s.TimeZone == before.TimeZone {
			s.TimeZone = location.Zone.TimeZone()
		}
	}
	if s.VATNumber != "" && len(s.VATNumber) > 4 && s.VATNumber[4:] != siren.Clean(s.SIREN) {
		s.VATNumber = "" // that of another SIREN: it is computed again
	}
	if location.Name == before.DisplayName() {
		location.Name = s.DisplayName()
	}
	if err := company.Change(tx, by, s); err != nil {
		return err
	}
	_, err = company.SaveLocation(tx, by, location)
	return err
}

// registers counts the lines and the payment methods in use.
func registers(q db.Querier) (lines, methods int, err error) {
	categories, err := catalog.List(q)
	if err != nil {
		return 0, 0, err
	}
	pays, err := tender.List(q)
	return len(catalog.Active(categories)), len(tender.Active(pays)), err
}
