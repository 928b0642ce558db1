// Package devices tells the phones, tablets and computers of a shop how to reach the program, to trust it, and to keep it on their home
// screen.
package devices

import (
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Path is the address of the page: no sign-in is needed to trust the program, on the contrary.
const Path = "/appareils"

// certificatePath is the certificate that devices are told to trust.
const certificatePath = Path + "/encaisse.crt"

// Authority makes the certificates of the program on the shop’s network.
type Authority interface {
	Root() []byte
	Fingerprint() string
}

// Room answers the page of the devices.
type Room struct {
	authority Authority // nil when the program is not served by HTTPS with an authority of its own
	addresses func() []string
}

// New opens the room. addresses are those the program is reached by on the shop’s network.
func New(a Authority, addresses func() []string) *Room { return &Room{a, addresses} }

// Page is what the page shows.
type Page struct {
	Frame       ui.Frame
	Addresses   []string
	Fingerprint string // "" without an authority
}

// step is what to do on a kind of device.
type step struct{ device, how string }

func steps() []step {
	return []step{
		{"iPhone, iPad", "Ouvrez cette page dans Safari, téléchargez le certificat, puis Réglages › Profil téléchargé › Installer. Ensuite Réglages › Général › Informations › Réglages des certificats\u00a0: activez «\u00a0Encaisse\u00a0»."},
		{"Android", "Téléchargez le certificat, puis Paramètres › Sécurité › Chiffrement et identifiants › Installer un certificat › Certificat CA. Choisissez «\u00a0encaisse.crt\u00a0»."},
		{"Windows", "Téléchargez le certificat, ouvrez-le, Installer un certificat › Ordinateur local › Placer dans le magasin «\u00a0Autorités de certification racines de confiance\u00a0»."},
		{"Mac", "Téléchargez le certificat, ouvrez-le avec Trousseaux d’accès, puis double-cliquez dessus et choisissez «\u00a0Toujours approuver\u00a0»."},
		{"Firefox", "Paramètres › Vie privée et sécurité › Afficher les certificats › Autorités › Importer, et cochez «\u00a0identifier des sites web\u00a0»."},
	}
}

// Samples are the page with and without an authority.
func Samples() []web.Sample {
	with := Page{Frame: ui.Frame{Title: "Vos appareils"}, Addresses: []string{"https://caisse.local:8443", "https://192.168.1.20:8443"},
		Fingerprint: "4F 0C 9A 77 1B 52 E3 08 6D AA 31 F4 95 CE 20 7B 88 13 DE 46 59 A0 BC 72 0E 64 D1 3F 97 28 C5 1A"}
	return []web.Sample{
		{Name: "appareils", Title: "Vos appareils", Page: show(with)},
		{Name: "appareils-seul", Title: "Vos appareils, sans HTTPS", Page: show(Page{Frame: with.Frame})},
	}
}
