package manual

import (
	"net/http/httptest"
	"testing"

	"encaisse/internal/test/browser"
	"encaisse/internal/web"
)

func TestTheManualIsReadOnEveryScreen(t *testing.T) {
	site, err := web.New(web.Config{Gate: nobody{}, Routes: Routes()})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	browser.On(t, server.URL).EachSize(t, func(t *testing.T, p *browser.Page) {
		p.Goto("/aide").Sees("Chaque soir").Clean("aide")
		p.Fill("Chercher dans le mode d’emploi", "écart motif").Press("Enter").Sees("passages sur").Clean("aide-recherche")
		p.Click("S’il y a un écart").Arrives("/aide/journee").Sees("Caisse juste").Clean("aide-journee")
		p.Goto("/aide/reglages").Sees("Calendrier d’ouverture").Clean("aide-reglages")
		p.Dark().Goto("/aide/integrite").Sees("encaisse verify").Clean("aide-integrite")
	})
	browser.On(t, server.URL).Open(t).WithoutScript().Goto("/aide?q=bon+cadeau").Sees("passages sur").Click("Vendre un bon").Sees("Accepter un bon")
}
