package browser

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// device makes passkeys for a window, and knows its owner at once.
type device struct {
	*Page
	id webauthn.AuthenticatorID
}

// withDevice gives the window a device.
func withDevice(p *Page) device {
	p.t.Helper()
	d := device{Page: p}
	p.do("device", call(webauthn.Enable, webauthn.EnableParams{}), chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		added, err := cdp.Call(ctx, target, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		}})
		d.id = added.AuthenticatorID
		return err
	}))
	return d
}

// answers says whether somebody touches the device when it is asked something.
func (d device) answers(touched bool) {
	d.t.Helper()
	d.do("touch", call(webauthn.SetAutomaticPresenceSimulation, webauthn.SetAutomaticPresenceSimulationParams{AuthenticatorID: d.id, Enabled: touched}))
}

// proposesNothing makes a browser that shows no key before the button is pressed, until what it gives back is called.
func (d device) proposesNothing() (again func()) {
	d.t.Helper()
	var script page.ScriptIdentifier
	d.do("propose nothing", chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		added, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: `if (window.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = async () => false`,
		})
		script = added.Identifier
		return err
	}))
	return func() {
		d.t.Helper()
		d.do("propose again", call(page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams{Identifier: script}))
	}
}

// addsKey adds a passkey from the page of the account.
func addsKey(p *Page, name string, seen func(p *Page, name string) *Page) *Page {
	p.t.Helper()
	p.Goto("/compte").Click("Ajouter une clé").Sees("Nom de la clé")
	seen(p, "cles-aucune").Fill("Nom de la clé", name).Click("css:form[data-cle-offre] button").Sees("Créer la clé")
	return seen(p, "cle-nouvelle").Click("Créer la clé « " + name + " »").Sees("La clé d’accès est ajoutée.").Sees(name)
}

func TestAPersonSignsInWithAPasskeyUntilItIsTakenAway(t *testing.T) {
	for _, size := range Sizes {
		t.Run(size.Name, func(t *testing.T) {
			t.Parallel()
			s := openShop(t)
			byNumber := s.Address
			s.Address = strings.Replace(byNumber, "127.0.0.1", "localhost", 1)
			unseen := func(p *Page, _ string) *Page { return p }
			addsKey(withDevice(s.enter(t, owner, size)).Page, "Téléphone d’Hélène", unseen)

			phone := withDevice(s.enter(t, manager, size))
			p := addsKey(phone.Page, "Téléphone de Karim", look)
			lookInTheDark(look(p, "cles"), "cles")
			look(p.Goto("/compte").Sees("Téléphone de Karim"), "compte-cle")
			leaves(p).Arrives(s.base + "/").Sees("Bonjour") // the key the browser proposes by itself is taken at once
			proposing := phone.proposesNothing()
			look(signsOut(p).Sees("Se connecter avec une clé d’accès"), "connexion-cle")
			p.Click("Se connecter avec une clé d’accès").Arrives(s.base + "/").Sees("Bonjour")
			proposing()

			p.Goto("/compte/cles").Sees("Utilisée le").Click("Renommer").Fill("Nouveau nom", "Ancien téléphone").Click("Enregistrer le nom").Sees("Le nom de la clé est enregistré.")
			p.Click("Retirer").Sees("ne permettra plus de se connecter").Click("Retirer la clé d’accès").Sees("La clé d’accès est retirée.").SeesNot("Ancien téléphone")
			phone.answers(false)
			signsOut(p)
			phone.answers(true) // what is proposed and what the button asks for are refused alike
			p.Click("Se connecter avec une clé d’accès").Sees("Cette clé d’accès ne convient pas.")
			look(refused(p, 422), "connexion-cle-refusee")
			lookWithoutScript(s.Open(t).At(size).WithoutScript().Goto("/connexion").Sees("demandent que les scripts soient permis").SeesNot("Se connecter avec une clé d’accès"), "connexion-cle-sans-script")
			look(s.Open(t).At(size).Goto(byNumber+"/connexion").Sees("Votre clé d’accès sert à l’adresse "+s.Address).SeesNot("Se connecter avec une clé d’accès"), "connexion-cle-ailleurs")
		})
	}
}

// leaves presses the button of the page of the account.
func leaves(p *Page) *Page {
	p.t.Helper()
	return p.Goto("/compte").Click("css:main form[action='/deconnexion'] button")
}

// signsOut leaves, and is left out.
func signsOut(p *Page) *Page {
	p.t.Helper()
	return leaves(p).Arrives("/connexion").Sees("Vous êtes déconnecté.")
}
