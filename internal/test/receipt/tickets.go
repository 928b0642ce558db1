package receipt

func pair(left, right string) Line { return Line{Left: left, Right: right} }

func centre(text string) Line { return Line{Left: text, Centred: true} }

func title(text string) Line { return Line{Left: text, Centred: true, Large: true} }

func rule() Line { return centre("----------------------------------------") }

// Grocer is a plain ticket: rubrics, methods, totals. It is that of 20 November 2026, Z 0042: 412,35 in all.
func Grocer() Ticket {
	return Ticket{Name: "épicerie", Font: "Courier", Width: 80, Lines: []Line{
		title("ÉPICERIE DES ESSAIS"), centre("12 rue des Halles 69001 LYON"), centre("SIRET 123 456 782 00019"), rule(),
		centre("TICKET Z N° 0042"), pair("Date : 20/11/2026", "19:42"), pair("Caisse : 01", "Opérateur : CLAIRE"), rule(),
		centre("VENTES PAR RAYON"), pair("EPICERIE", "292,35"), pair("BOISSONS", "120,00"), pair("TOTAL TTC", "412,35 EUR"), rule(),
		centre("TVA"), pair("TVA 5,50%   HT 277,11", "15,24"), pair("TVA 20,00%  HT 100,00", "20,00"), pair("TOTAL TVA", "35,24"), rule(),
		centre("REGLEMENTS"), pair("ESPECES", "182,35"), pair("CARTE BANCAIRE", "230,00"), pair("TOTAL REGLEMENTS", "412,35"), rule(),
		pair("NOMBRE DE TICKETS", "37"), pair("PANIER MOYEN", "11,14"), pair("CUMUL PERPETUEL", "98 412,10"), centre("Merci et à demain"),
	}}
}

// Baker has large sums, spaces in numbers, several cards, counts before amounts, refunds. 2 418,70 in all.
func Baker() Ticket {
	return Ticket{Name: "boulangerie", Font: "Courier", Width: 80, Lines: []Line{
		title("Boulangerie Martin"), centre("Tél. 04 78 00 00 00"), rule(),
		pair("RAPPORT Z", "n° 118"), pair("Du 20/11/2026 06:58", "au 20/11/2026 20:03"), rule(),
		pair("Famille", "Qté    Montant"), pair("PAIN", "412    1 236,40"), pair("PATISSERIE", "96     842,30"), pair("BOISSONS", "88     340,00"),
		pair("REMISES", "-12,50"), rule(), pair("CHIFFRE D'AFFAIRES TTC", "2 418,70 €"), rule(),
		pair("Mode de paiement", "Nb    Montant"), pair("ESPECES", "201     918,70"), pair("CB", "130   1 250,00"), pair("CB SANS CONTACT", "40     150,00"), pair("TICKETS RESTAURANT", "9     100,00"),
		rule(), pair("Nb clients", "380"), pair("Fond de caisse", "150,00"),
	}}
}

// Bar is narrow, without accents, totals by VAT rate only, and points for decimals. 655.20 in all.
func Bar() Ticket {
	return Ticket{Name: "bar", Font: "Helvetica", Width: 58, Lines: []Line{
		title("LE BAR DU PORT"), centre("CLOTURE JOURNALIERE"), pair("Z No 7", "20-11-2026"), rule(),
		pair("Total TTC 10%", "415.20"), pair("Total TTC 20%", "240.00"), pair("TOTAL GENERAL", "655.20"), rule(),
		pair("ESPECES", "155.20"), pair("CARTES", "480.00"), pair("CHEQUES", "20.00"), rule(), pair("COUVERTS", "58"), pair("Tickets", "31"),
	}}
}

// Tickets are all of them.
func Tickets() []Ticket { return []Ticket{Grocer(), Baker(), Bar()} }

// Wears are what they go through, the gentlest first.
func Wears() []Wear {
	return []Wear{
		{Name: "net"},
		{Name: "penché", Tilt: 1.5, Noise: 12, Table: 40},
		{Name: "ombre", Tilt: -1, Noise: 20, Shade: 150, Faded: 60},
		{Name: "flou", Noise: 10, Blur: 1, Faded: 40, Table: 30},
		{Name: "petit", Dots: 110, Noise: 8},
		{Name: "grand", Dots: 420, Tilt: 0.7, Noise: 25, Table: 60},
		{Name: "couché", Noise: 10, Turns: 1},
		{Name: "très penché", Tilt: 4, Noise: 15, Table: 60},
	}
}
