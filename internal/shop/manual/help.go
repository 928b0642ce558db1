package manual

import "strings"

// helps says which chapter explains the pages whose address begins like this, the more precise after the less.
var helps = []struct{ prefix, chapter string }{
	{"/connexion", "securite#se-connecter"},
	{"/mot-de-passe", "securite#mot-de-passe-oublie"},
	{"/invitation/", "equipe-et-droits#accepter-une-invitation"},
	{"/compte", "securite"},
	{"/compte/double-verification", "securite#double-verification"},
	{"/compte/cles", "securite#cles-d-acces"},
	{"/compte/alertes", "cabinet#alertes-par-e-mail"},
	{"/dossiers", "equipe-et-droits#plusieurs-societes"},
	{"/voir-comme/", "cabinet#voir-comme-le-client"},
	{"/cabinets/", "equipe-et-droits#le-cabinet-comptable"},
	{"/cabinets/{cabinet}/", "cabinet"},
	{"/cabinets/{cabinet}/relancer", "cabinet#relancer"},
	{"/cabinets/{cabinet}/exporter", "cabinet#exporter-plusieurs-dossiers"},
	{"/cabinets/{cabinet}/portefeuilles", "cabinet#portefeuilles"},
	{"/cabinets/{cabinet}/modeles", "cabinet#modeles-de-reglages"},
	{"/installation/", "demarrer"},
	{"/societes/", "demarrer#ouvrir-une-autre-societe"},
	{"/d/{slug}/", "accueil"},
	{"/d/{slug}/mise-en-route", "demarrer#les-cinq-etapes"},
	{"/d/{slug}/journees", "mois"},
	{"/d/{slug}/journees/{box}/", "journee"},
	{"/d/{slug}/journees/{box}/{jour}/corriger", "corrections-et-verrouillage"},
	{"/d/{slug}/journees/{box}/{jour}/versions", "corrections-et-verrouillage#l-historique-d-une-journee"},
	{"/d/{slug}/journees/{box}/{jour}/verrouiller", "corrections-et-verrouillage#verrouiller"},
	{"/d/{slug}/journees/{box}/{jour}/ticket", "journee#lire-un-ticket-z-en-photo"},
	{"/d/{slug}/questions", "questions"},
	{"/d/{slug}/caisses", "caisses-et-coffre"},
	{"/d/{slug}/caisses/{box}/operation", "operations-de-caisse"},
	{"/d/{slug}/reglages/caisses/{caisse}/frais", "caisses-et-coffre#les-frais"},
	{"/d/{slug}/reglages/caisses/{caisse}/acces", "caisses-et-coffre#qui-peut-faire-quoi"},
	{"/d/{slug}/reglages/rubriques", "caisses-et-coffre#recette-depense-transfert"},
	{"/d/{slug}/caisses/{box}/justificatifs", "operations-de-caisse"},
	{"/d/{slug}/caisses/{box}/coffre", "caisses-et-coffre#le-coffre"},
	{"/d/{slug}/clients", "clients-et-credits"},
	{"/d/{slug}/clients/credits", "clients-et-credits#credits-clients"},
	{"/d/{slug}/clients/{tiers}/compte", "clients-et-credits#le-compte-d-un-client"},
	{"/d/{slug}/clients/{tiers}/reglement", "clients-et-credits#encaisser-un-reglement"},
	{"/d/{slug}/clients/trop-percus", "clients-et-credits#trop-percus"},
	{"/d/{slug}/remises", "remises-en-banque"},
	{"/d/{slug}/bons", "bons-cadeaux#suivre-chaque-bon-par-son-numero"},
	{"/d/{slug}/fournisseurs", "clients-et-credits#fournisseurs"},
	{"/d/{slug}/rapports", "journal-de-caisse"},
	{"/d/{slug}/rapports/chiffre-affaires", "chiffre-d-affaires"},
	{"/d/{slug}/rapports/budget", "chiffre-d-affaires#le-budget"},
	{"/d/{slug}/rapports/tva", "tva"},
	{"/d/{slug}/accueil", "chiffre-d-affaires#l-accueil-a-votre-main"},
	{"/d/{slug}/rapports/exports", "exports-comptables"},
	{"/d/{slug}/reglages/exports", "exports-comptables#format-et-journaux"},
	{"/d/{slug}/rapports/mois/", "synthese-mensuelle"},
	{"/d/{slug}/reglages", "reglages"},
	{"/d/{slug}/reglages/societe", "reglages#societe-et-boutiques"},
	{"/d/{slug}/reglages/ticket-z", "reglages#ordre-du-ticket-z"},
	{"/d/{slug}/reglages/moyens", "reglages#moyens-de-paiement"},
	{"/d/{slug}/reglages/caisses", "reglages#caisses"},
	{"/d/{slug}/reglages/calendrier", "reglages#calendrier-d-ouverture"},
	{"/d/{slug}/reglages/seuils", "reglages#seuils-et-options"},
	{"/d/{slug}/reglages/soldes-de-depart", "reglages#soldes-de-depart"},
	{"/d/{slug}/reglages/comptes", "reglages#plan-comptable"},
	{"/d/{slug}/reglages/liaisons", "imports-et-liaisons#liaisons"},
	{"/d/{slug}/reglages/imports", "imports-et-liaisons"},
	{"/d/{slug}/reglages/activite", "journal-d-activite"},
	{"/appareils", "reglages#vos-appareils"},
	{"/d/{slug}/reglages/sauvegardes", "reglages#sauvegardes"},
	{"/d/{slug}/reglages/envois", "reglages#envois"},
	{"/d/{slug}/reglages/equipe", "equipe-et-droits"},
}

// HelpFor is the address of the chapter that explains a page, from the path of its route (/d/{slug}/journees/{mois}); "" when there is
// none, as for the manual itself.
func HelpFor(pattern string) string {
	found, length := "", 0
	for _, h := range helps {
		if strings.HasPrefix(pattern, h.prefix) && len(h.prefix) > length {
			found, length = h.chapter, len(h.prefix)
		}
	}
	if found == "" {
		return ""
	}
	key, anchor, anchored := strings.Cut(found, "#")
	address := (&Chapter{Key: key}).URL()
	if anchored {
		address += "#" + anchor
	}
	return address
}
