package party

import (
	"encaisse/internal/base/right"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// The views of « Clients », by the last part of their address.
const (
	PlaceCustomers    = "clients"
	PlaceSuppliers    = "fournisseurs"
	PlaceCredits      = "credits"
	PlaceOverpayments = "trop-percus"
	PlaceVouchers     = "bons"
)

// Places lead from one view of « Clients » to the others: those the person may see, of the parts the company uses.
func Places(c *web.Ctx, current string) ui.Segments {
	s := ui.Segments{Label: "Clients"}
	for _, p := range []struct {
		key, label, url string
		shown           bool
	}{
		{PlaceCustomers, "Clients", c.URL("clients"), c.Can(right.PartyView)},
		{PlaceSuppliers, "Fournisseurs", c.URL("fournisseurs"), c.Can(right.PartyView)},
		{PlaceCredits, "Crédits clients", c.URL("clients", "credits"), c.Can(right.BalanceView) && c.Has(company.FeatureCredit)},
		{PlaceOverpayments, "Trop-perçus", c.URL("clients", "trop-percus"), c.Can(right.BalanceView) && c.Has(company.FeatureOverpayments)},
		{PlaceVouchers, "Bons cadeaux", c.URL("bons"), c.Can(right.VoucherRedeem) && c.Has(company.FeatureVouchers)},
	} {
		if p.shown || p.key == current {
			s.Items = append(s.Items, ui.Segment{Label: p.label, URL: p.url, Current: p.key == current})
		}
	}
	return s
}

// SamplePlaces are those views in a sample page.
func SamplePlaces(current string) ui.Segments {
	const home = "/d/epicerie-des-halles/"
	s := ui.Segments{Label: "Clients"}
	for _, p := range [][3]string{
		{PlaceCustomers, "Clients", "clients"}, {PlaceSuppliers, "Fournisseurs", "fournisseurs"}, {PlaceCredits, "Crédits clients", "clients/credits"},
		{PlaceOverpayments, "Trop-perçus", "clients/trop-percus"}, {PlaceVouchers, "Bons cadeaux", "bons"},
	} {
		s.Items = append(s.Items, ui.Segment{Label: p[1], URL: home + p[2], Current: p[0] == current})
	}
	return s
}
