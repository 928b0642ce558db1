package staff

import (
	"time"

	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// keySamples are the pages of passkeys with made-up keys.
func keySamples(frame, outside func(title string) ui.Frame, keys []Passkey) []web.Sample {
	code := CodePage{Frame: outside("Code de vérification"), Field: codeField(), Key: KeyOffer{Shown: true, Return: "/dossiers"}}
	page := KeysPage{Frame: frame("Clés d’accès"), Keys: keys, Zone: paris(), Here: true, Elsewhere: "https://caisse.exemple.fr", Several: true, Name: "Firefox sur Linux"}
	away, nowhere := KeysPage{Frame: page.Frame, Elsewhere: page.Elsewhere}, KeysPage{Frame: page.Frame}
	return []web.Sample{
		{Name: "connexion-cle", Title: "Connexion, clé d’accès", Page: signInPage(SignInPage{Frame: outside("Se connecter"), Form: signInFields(), Key: KeyOffer{Shown: true, Proposed: true}})},
		{Name: "connexion-cle-ailleurs", Title: "Connexion, clé d’une autre adresse", Page: signInPage(SignInPage{Frame: outside("Se connecter"), Form: signInFields(), Key: KeyOffer{Elsewhere: page.Elsewhere}})},
		{Name: "connexion-code-cle", Title: "Connexion, code ou clé d’accès", Page: codePage(code)},
		{Name: "cles", Title: "Clés d’accès", Page: keysPage(page)},
		{Name: "cles-ailleurs", Title: "Clés d’accès, autre adresse", Page: keysPage(away)},
		{Name: "cles-nulle-part", Title: "Clés d’accès, sans adresse", Page: keysPage(nowhere)},
		{Name: "cle-nouvelle", Title: "Nouvelle clé d’accès", Page: newKeyPage(NewKeyPage{Frame: frame("Créer la clé d’accès"), Name: "Firefox sur Linux", Options: `{"challenge":"AAAA"}`})},
	}
}

// sampleKeys are made-up keys.
func sampleKeys(at time.Time) []Passkey {
	return []Passkey{
		{ID: "11", Name: "Téléphone de Marie", Domain: "caisse.exemple.fr", Synced: true, CreatedAt: at, UsedAt: at.Add(time.Hour)},
		{ID: "12", Name: "Clé de sécurité du tiroir", Domain: "caisse.exemple.fr", CreatedAt: at},
		{ID: "13", Name: "Ordinateur du bureau", Domain: "localhost", Suspect: true, CreatedAt: at, UsedAt: at},
	}
}
