package ui

// SampleFrame is the frame of a page shown with made-up data: the shop and the person of the other samples.
func SampleFrame(title string) Frame {
	const home = "/d/epicerie-des-halles/"
	return Frame{
		Title: title,
		Nav: []NavItem{
			{Label: "Accueil", Icon: "accueil", URL: home, Tab: true}, {Label: "Journées", Icon: "journees", URL: home + "journees", Tab: true, Badge: 1},
			{Label: "Clients", Icon: "clients", URL: home + "clients", Tab: true}, {Label: "Rapports", Icon: "rapports", URL: home + "rapports", Tab: true},
			{Label: "Réglages", Icon: "reglages", URL: home + "reglages", Foot: true},
		},
		Company: Company{Name: "Épicerie des Halles", HomeURL: home}, User: User{Name: "Samira Benali", Email: "samira@example.fr"},
	}
}
