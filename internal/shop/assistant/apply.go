package assistant

import (
	"slices"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
)

// Apply sets a company up for a trade: lines of the ticket Z, payment methods, options, thresholds, opening days. What bears the same label
// already is kept as it is and put in its place; what the trade does not have goes out of use; nothing is deleted.
func Apply(tx *db.Tx, by string, preset Preset) error {
	settings, err := company.Load(tx)
	if err != nil {
		return err
	}
	locations, err := company.Locations(tx)
	if err != nil {
		return err
	}
	zone := company.Mainland
	if len(locations) > 0 {
		zone = locations[0].Zone
	}
	lines := make([]catalog.SalesCategory, len(preset.Lines))
	for i, l := range preset.Lines {
		lines[i] = l.category(zone.VAT(), settings.VATRegime)
		lines[i].Colour = catalog.Colours[i%len(catalog.Colours)]
	}
	if err := applyLines(tx, by, lines); err != nil {
		return err
	}
	if err := applyPays(tx, by, preset); err != nil {
		return err
	}
	if err := applyWeek(tx, by, preset.Week, locations); err != nil {
		return err
	}
	settings.Options = preset.Options
	settings.MaxCash, settings.Tolerance = preset.MaxCash, preset.Tolerance
	return company.Change(tx, by, settings)
}

func applyLines(tx *db.Tx, by string, lines []catalog.SalesCategory) error {
	there, err := catalog.List(tx)
	if err != nil {
		return err
	}
	var order []string
	for _, line := range lines {
		at := slices.IndexFunc(there, func(c catalog.SalesCategory) bool { return c.Label == line.Label })
		if at < 0 {
			added, err := catalog.Save(tx, by, line)
			if err != nil {
				return err
			}
			order = append(order, added)
			continue
		}
		order = append(order, there[at].ID)
		if err := catalog.SetActive(tx, by, there[at].ID, true); err != nil {
			return err
		}
	}
	for _, c := range there {
		if !slices.Contains(order, c.ID) {
			if err := catalog.SetActive(tx, by, c.ID, false); err != nil {
				return err
			}
		}
	}
	return catalog.Order(tx, order)
}

func applyPays(tx *db.Tx, by string, preset Preset) error {
	there, err := tender.List(tx)
	if err != nil {
		return err
	}
	var order []string
	for _, pay := range preset.Pays {
		at := slices.IndexFunc(there, func(m tender.Method) bool { return m.Label == pay.Label && m.Kind == pay.Kind })
		if at < 0 {
			added, err := tender.Save(tx, by, pay.method(preset.Float))
			if err != nil {
				return err
			}
			order = append(order, added)
			continue
		}
		order = append(order, there[at].ID)
		if err := tender.SetActive(tx, by, there[at].ID, true); err != nil {
			return err
		}
	}
	for _, m := range there {
		if !slices.Contains(order, m.ID) {
			if err := tender.SetActive(tx, by, m.ID, false); err != nil {
				return err
			}
		}
	}
	return tender.Order(tx, order)
}

// applyWeek gives the opening days of a trade to the locations that chose none.
func applyWeek(tx *db.Tx, by string, week company.Week, locations []company.Location) error {
	for _, l := range locations {
		c, err := company.LoadCalendar(tx, l.ID)
		if err != nil {
			return err
		}
		if len(c.Weeks) > 0 {
			continue
		}
		if err := company.SetWeek(tx, by, l.ID, "", week); err != nil {
			return err
		}
	}
	return nil
}

// choose applies the preset of a trade once; chosen again, it leaves what was changed since.
func choose(tx *db.Tx, by, trade string) error {
	preset := FindPreset(trade)
	if preset.Key != trade {
		return fault.New(fault.Invalid, "Corrigez les champs signalés.").Field("trade", "Choisissez un métier de la liste.")
	}
	p, err := LoadProgress(tx)
	if err != nil {
		return err
	}
	if p.Trade != trade {
		if err := Apply(tx, by, preset); err != nil {
			return err
		}
		p.Trade = trade
	}
	return putProgress(tx, p.after(stepTrade, true))
}
