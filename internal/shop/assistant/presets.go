package assistant

import (
	"encaisse/internal/base/money"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
)

// The days a trade usually opens.
const (
	everyDay  = company.EveryDay
	notSunday = company.Workdays
	tuesdayTo = company.EveryDay &^ 0b0000001 // closed on Monday
	tueToSat  = company.EveryDay &^ 0b1000001 // closed on Sunday and Monday
	euro      = money.Amount(100)
	forOthers = "467" // other accounts receivable and payable
	onBehalf  = "Vendu pour le compte d’un tiers\u00a0: la recette n’est pas à vous, seule la commission est votre chiffre d’affaires. Faites confirmer le compte par votre comptable."
)

// The payment methods, in the order most tickets Z print them.
var (
	cash    = Pay{"Espèces", tender.Cash}
	card    = Pay{"Carte bancaire", tender.Card}
	cheque  = Pay{"Chèques", tender.Cheque}
	meal    = Pay{"Titres-restaurant", tender.Meal}
	wire    = Pay{"Virements", tender.Transfer}
	gift    = Pay{"Bons cadeaux utilisés", tender.Voucher}
	account = Pay{"En compte", tender.OnAccount}
	holiday = Pay{"Chèques-vacances", tender.Other}
)

func options(credit company.Credit, vouchers bool) company.Options {
	return company.Options{Expenses: true, Customers: true, Credit: credit, Vouchers: vouchers}
}

// Presets lists the trades in the order a page shows them; the last one suits any shop.
func Presets() []Preset {
	return append(append(foodPresets(), shopPresets()...), Preset{
		Key: "commerce", Name: "Autre commerce", About: "Une ligne par taux de TVA, à renommer comme sur votre ticket.",
		Lines: []Line{{Label: "Ventes au taux normal"}, {Label: "Ventes au taux intermédiaire", Class: Intermediate}, {Label: "Ventes au taux réduit", Class: Reduced}, {Label: "Services", Service: true}},
		Pays:  []Pay{cash, card, cheque, wire}, Options: options(company.CreditOff, false), Week: notSunday, Float: 150 * euro, MaxCash: 800 * euro, Tolerance: 5 * euro,
	})
}

func foodPresets() []Preset {
	return []Preset{
		{
			Key: "boulangerie", Name: "Boulangerie-pâtisserie", About: "Pain, viennoiserie, pâtisserie, snacking, salon de thé.",
			Lines: []Line{
				{Label: "Pain", Class: Bread}, {Label: "Viennoiserie", Class: Reduced}, {Label: "Pâtisserie", Class: Reduced},
				{Label: "Sandwichs et snacking", Class: Intermediate, Note: "À consommer tout de suite\u00a0: sandwichs, salades, plats chauds."}, {Label: "Consommation sur place", Class: Intermediate},
				{Label: "Boissons à emporter", Class: Reduced, Note: "En bouteille ou en canette. Au gobelet, c’est une consommation immédiate."}, {Label: "Confiserie"},
			},
			Pays: []Pay{cash, card, meal, cheque}, Options: options(company.CreditOff, false), Week: tuesdayTo, Float: 200 * euro, MaxCash: 800 * euro, Tolerance: 5 * euro,
		},
		{
			Key: "epicerie", Name: "Épicerie, supérette", About: "Alimentation, fruits et légumes, boissons, bazar.",
			Lines: []Line{
				{Label: "Épicerie", Class: Reduced}, {Label: "Fruits et légumes", Class: Reduced}, {Label: "Crémerie et frais", Class: Reduced}, {Label: "Boissons sans alcool", Class: Reduced},
				{Label: "Vins, bières et spiritueux"}, {Label: "Confiserie"}, {Label: "Hygiène, entretien et bazar"}, {Label: "Presse", Class: Press},
			},
			Pays: []Pay{cash, card, cheque, meal, account}, Options: options(company.CreditByCustomer, false), Week: everyDay, Float: 150 * euro, MaxCash: 600 * euro, Tolerance: 5 * euro,
		},
		{
			Key: "bar-tabac", Name: "Bar-tabac-presse", About: "Bar, petite restauration, tabac, jeux, presse.",
			Lines: []Line{
				{Label: "Bar sans alcool", Class: Intermediate}, {Label: "Bar alcool", Class: ServedAlcohol}, {Label: "Restauration", Class: Intermediate},
				{Label: "Tabac", Class: OnBehalf, Account: forOthers, Note: onBehalf}, {Label: "Jeux (FDJ, PMU)", Class: OnBehalf, Account: forOthers, Note: onBehalf},
				{Label: "Timbres et recharges", Class: OnBehalf, Account: forOthers, Note: onBehalf}, {Label: "Presse", Class: Press},
				{Label: "Articles de fumeurs, vapotage"}, {Label: "Confiserie"},
			},
			Pays: []Pay{cash, card, cheque, meal, account}, Options: options(company.CreditTotal, false), Week: everyDay, Float: 300 * euro, MaxCash: 2000 * euro, Tolerance: 10 * euro,
		},
		{
			Key: "restaurant", Name: "Restaurant", About: "Sur place, à emporter, boissons, traiteur.",
			Lines: []Line{
				{Label: "Repas sur place", Class: Intermediate, Service: true}, {Label: "Boissons sans alcool", Class: Intermediate, Service: true}, {Label: "Boissons alcoolisées", Class: ServedAlcohol, Service: true},
				{Label: "Vente à emporter", Class: Intermediate}, {Label: "Produits à conserver", Class: Reduced, Note: "Bocaux, conserves, produits sous vide\u00a0: ce qui n’est pas à consommer tout de suite."},
			},
			Pays: []Pay{cash, card, meal, cheque, holiday, gift}, Options: options(company.CreditOff, true), Week: tueToSat, Float: 200 * euro, MaxCash: 800 * euro, Tolerance: 5 * euro,
		},
		{
			Key: "boucherie", Name: "Boucherie-charcuterie", About: "Viande, charcuterie, traiteur, cave.",
			Lines: []Line{
				{Label: "Boucherie", Class: Reduced}, {Label: "Charcuterie", Class: Reduced}, {Label: "Traiteur froid", Class: Reduced},
				{Label: "Plats chauds", Class: Intermediate, Note: "Vendus prêts à manger\u00a0: rôtisserie, plats du jour."}, {Label: "Épicerie", Class: Reduced}, {Label: "Vins"},
			},
			Pays: []Pay{cash, card, cheque, meal, account}, Options: options(company.CreditByCustomer, false), Week: tuesdayTo, Float: 150 * euro, MaxCash: 800 * euro, Tolerance: 5 * euro,
		},
		{
			Key: "primeur", Name: "Primeur, marché", About: "Fruits, légumes, produits frais, étal de marché.",
			Lines: []Line{{Label: "Fruits et légumes", Class: Reduced}, {Label: "Épicerie et produits frais", Class: Reduced}, {Label: "Fleurs et plantes", Class: Flowers}, {Label: "Divers"}},
			Pays:  []Pay{cash, card, cheque, meal}, Options: options(company.CreditOff, false), Week: tuesdayTo, Float: 150 * euro, MaxCash: 600 * euro, Tolerance: 5 * euro,
		},
		{
			Key: "caviste", Name: "Caviste", About: "Vins, spiritueux, épicerie fine, coffrets.",
			Lines: []Line{{Label: "Vins"}, {Label: "Champagnes et spiritueux"}, {Label: "Bières"}, {Label: "Épicerie fine", Class: Reduced}, {Label: "Boissons sans alcool", Class: Reduced}, {Label: "Accessoires"}},
			Pays:  []Pay{cash, card, cheque, wire, gift}, Options: options(company.CreditOff, true), Week: tueToSat, Float: 150 * euro, MaxCash: 600 * euro, Tolerance: 5 * euro,
		},
	}
}

func shopPresets() []Preset {
	return []Preset{
		{
			Key: "coiffure", Name: "Coiffure", About: "Prestations et vente de produits.",
			Lines: []Line{{Label: "Coiffure", Service: true}, {Label: "Coloration et technique", Service: true}, {Label: "Barbe", Service: true}, {Label: "Vente de produits"}},
			Pays:  []Pay{cash, card, cheque, gift}, Options: options(company.CreditOff, true), Week: tueToSat, Float: 100 * euro, MaxCash: 400 * euro, Tolerance: 2 * euro,
		},
		{
			Key: "beaute", Name: "Institut de beauté", About: "Soins, épilation, onglerie, vente de produits.",
			Lines: []Line{{Label: "Soins", Service: true}, {Label: "Épilation", Service: true}, {Label: "Onglerie et maquillage", Service: true}, {Label: "Vente de produits"}},
			Pays:  []Pay{cash, card, cheque, gift}, Options: options(company.CreditOff, true), Week: tueToSat, Float: 100 * euro, MaxCash: 400 * euro, Tolerance: 2 * euro,
		},
		{
			Key: "fleuriste", Name: "Fleuriste", About: "Fleurs, plantes, deuil, mariage, livraison.",
			Lines: []Line{
				{Label: "Fleurs coupées et bouquets", Class: Flowers}, {Label: "Plantes", Class: Flowers}, {Label: "Deuil et mariage", Class: Flowers},
				{Label: "Vases, pots et accessoires"}, {Label: "Livraison", Service: true},
			},
			Pays: []Pay{cash, card, cheque, wire, gift, account}, Options: options(company.CreditByCustomer, true), Week: tuesdayTo, Float: 150 * euro, MaxCash: 500 * euro, Tolerance: 5 * euro,
		},
		{
			Key: "pharmacie", Name: "Pharmacie", About: "Médicaments, parapharmacie, matériel, tiers payant.",
			Lines: []Line{
				{Label: "Médicaments remboursables", Class: Medicine}, {Label: "Honoraires de dispensation", Class: Medicine, Service: true}, {Label: "Médicaments non remboursables", Class: Intermediate},
				{Label: "Nutrition, bébé, protections", Class: Reduced}, {Label: "Matériel pour handicap et dépendance", Class: Equipment, Note: "Les équipements de la liste réglementaire seulement\u00a0; les autres sont au taux normal."},
				{Label: "Parapharmacie et cosmétiques"}, {Label: "Location de matériel", Service: true},
			},
			Pays: []Pay{cash, card, cheque, {"Tiers payant", tender.OnAccount}}, Options: options(company.CreditTotal, false), Week: notSunday, Float: 200 * euro, MaxCash: 800 * euro, Tolerance: 5 * euro,
		},
		{
			Key: "pret-a-porter", Name: "Prêt-à-porter, chaussures", About: "Vêtements, chaussures, accessoires, retouches.",
			Lines: []Line{{Label: "Vêtements"}, {Label: "Chaussures"}, {Label: "Maroquinerie et accessoires"}, {Label: "Retouches", Service: true}},
			Pays:  []Pay{cash, card, cheque, gift}, Options: options(company.CreditOff, true), Week: notSunday, Float: 100 * euro, MaxCash: 600 * euro, Tolerance: 5 * euro,
		},
		{
			Key: "librairie", Name: "Librairie-papeterie-presse", About: "Livres, papeterie, presse, jeux.",
			Lines: []Line{{Label: "Livres", Class: Reduced}, {Label: "Presse", Class: Press}, {Label: "Papeterie"}, {Label: "Jeux et cadeaux"}},
			Pays:  []Pay{cash, card, cheque, gift, account}, Options: options(company.CreditByCustomer, true), Week: notSunday, Float: 150 * euro, MaxCash: 500 * euro, Tolerance: 5 * euro,
		},
		{
			Key: "services", Name: "Atelier, réparation, services", About: "Main-d’œuvre, pièces, petites ventes.",
			Lines: []Line{{Label: "Prestations", Service: true}, {Label: "Réparations", Service: true}, {Label: "Pièces et fournitures"}, {Label: "Ventes"}},
			Pays:  []Pay{cash, card, cheque, wire, account}, Options: options(company.CreditByCustomer, false), Week: notSunday &^ 0b0100000, Float: 100 * euro, MaxCash: 400 * euro, Tolerance: 2 * euro,
		},
	}
}
