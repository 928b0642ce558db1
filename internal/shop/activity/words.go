package activity

import (
	"cmp"
	"slices"
	"strings"
)

// section is a part of the program as the log names it; the longest beginning of a route’s path says which.
type section struct{ path, kind, name string }

var sections = []section{
	{"journees", "journees", "Journée"},
	{"questions", "journees", "Question"},
	{"caisses", "caisses", "Caisse"},
	{"caisses/{box}/operation", "caisses", "Opération de caisse"},
	{"caisses/{box}/operations", "caisses", "Opération de caisse"},
	{"caisses/{box}/coffre", "caisses", "Coffre"},
	{"caisses/transfert", "caisses", "Transfert"},
	{"clients", "clients", "Client"},
	{"clients/credits", "clients", "Crédits clients"},
	{"clients/trop-percus", "clients", "Trop-perçus"},
	{"clients/{tiers}/reglement", "clients", "Règlement d’un client"},
	{"clients/{tiers}/reglements", "clients", "Règlement d’un client"},
	{"fournisseurs", "clients", "Fournisseur"},
	{"bons", "clients", "Bon cadeau"},
	{"remises", "caisses", "Remise en banque"},
	{"banque", "caisses", "Remise en banque"},
	{"rapports", "rapports", "Rapport"},
	{"rapports/exports", "exports", "Période pour le comptable"},
	{"reglages/exports", "reglages", "Exports comptables"},
	{"tableau", "rapports", "Tableau de bord"},
	{"accueil", "rapports", "Tableau de bord"},
	{"chiffres", "rapports", "Chiffres"},
	{"budget", "rapports", "Budget"},
	{"comptabilite", "rapports", "Export comptable"},
	{"export", "rapports", "Export comptable"},
	{"mise-en-route", "reglages", "Mise en route"},
	{"reglages", "reglages", "Réglages"},
	{"reglages/societe", "reglages", "Société"},
	{"reglages/societe/boutiques", "reglages", "Boutique"},
	{"reglages/caisses", "reglages", "Caisse"},
	{"reglages/ticket-z", "reglages", "Ligne du ticket Z"},
	{"reglages/moyens", "reglages", "Moyen de paiement"},
	{"reglages/rubriques", "reglages", "Rubrique"},
	{"reglages/calendrier", "reglages", "Calendrier"},
	{"reglages/seuils", "reglages", "Seuils et options"},
	{"reglages/soldes", "reglages", "Soldes de départ"},
	{"reglages/comptes", "reglages", "Plan comptable"},
	{"reglages/envois", "reglages", "Envoi"},
	{"reglages/imports", "imports", "Import"},
	{"reglages/liaisons", "droits", "Liaison"},
	{"reglages/equipe", "droits", "Équipe"},
	{"reglages/equipe/inviter", "droits", "Invitation"},
	{"reglages/equipe/invitations", "droits", "Invitation"},
	{"reglages/equipe/membres", "droits", "Droits d’une personne"},
	{"reglages/equipe/roles", "droits", "Rôle"},
	{"reglages/equipe/cabinet", "droits", "Cabinet comptable"},
	{"reglages/activite", "exports", "Journal d’activité"},
}

// verbs are what the last word of a path does.
var verbs = map[string]string{
	"cloturer": "clôture", "corriger": "correction", "effacer": "effacement", "ferme": "jour de fermeture", "verrouiller": "verrouillage", "operation": "enregistrement",
	"annuler": "annulation", "restaurer": "restauration", "supprimer": "suppression", "retirer": "retrait", "remettre": "remise en service", "ordre": "ordre changé",
	"nouveau": "création", "nouvelle": "création", "modifier": "modification", "inviter": "envoi", "exporter": "export", "importer": "import", "lancer": "lancement",
	"arreter": "arrêt", "abandonner": "abandon", "revoquer": "révocation", "utiliser": "utilisation", "expirer": "expiration", "prolonger": "prolongation",
	"rembourser": "remboursement", "reprendre": "reprise", "pointer": "pointage", "depointer": "pointage retiré", "impaye": "impayé", "acces": "accès changés", "frais": "frais changés",
	"reglement": "encaissement", "rendre": "remboursement", "coffre": "mouvement", "sessions": "sessions fermées", "ajouter": "ajout", "reessayer": "nouvel essai", "semaine": "semaine changée",
	"feries": "jours fériés changés", "exceptions": "fermeture ajoutée", "imports": "fichier reçu", "ticket": "photo de ticket\u00a0Z lue", "reporter": "ticket\u00a0Z reporté",
	"repondre": "réponse", "preciser": "message", "clore": "clôture",
}

// silent are the last words of what is no act yet: a draft kept by itself, a summary shown.
var silent = []string{"brouillon", "recapitulatif", "colonnes", "disposition", "apercu", "recalculer"}

// Words are the words of the log for a route: the kind that groups it, and what it does. path is that of the route below the company:
// journees/{box}/{jour}/cloturer. takes tells that it takes figures out rather than changes something. said is false for what leaves no line;
// known for a part of the program that has no name here.
func Words(path string, takes bool) (kind, label string, said, known bool) {
	parts := strings.Split(path, "/")
	last := parts[len(parts)-1]
	if slices.Contains(silent, last) {
		return "", "", false, true
	}
	s := sectionOf(path)
	verb := cmp.Or(verbs[last], "modification")
	kind = s.kind
	if takes {
		kind, verb = "exports", "impression ou export"
	}
	return kind, s.name + "\u00a0: " + verb, true, s.path != ""
}

func sectionOf(path string) section {
	best := section{kind: "reglages", name: "Autre"}
	for _, s := range sections {
		if (path == s.path || strings.HasPrefix(path, s.path+"/")) && len(s.path) > len(best.path) {
			best = s
		}
	}
	return best
}

// Kind is a group of lines with its name.
type Kind struct{ ID, Label string }

// Kinds are the groups, in the order of the page.
func Kinds() []Kind {
	return []Kind{
		{"connexion", "Connexions"}, {"journees", "Journées"}, {"caisses", "Caisses"}, {"clients", "Clients, fournisseurs et bons"}, {"rapports", "Rapports"}, {"exports", "Impressions et exports"},
		{"imports", "Imports"}, {"liaisons", "Autres logiciels"}, {"droits", "Équipe et droits"}, {"reglages", "Réglages"},
	}
}

// Subject is the address of the page of what a request was about, below that of the company, from the pattern of its route and its own path:
// journees/b1/2026-11-20 of journees/b1/2026-11-20/cloturer. "" when there is none.
func Subject(pattern, path string) string {
	p, parts := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(p) != len(parts) {
		return ""
	}
	if pattern == "reglages/caisses/{caisse}/supprimer" {
		return "reglages/caisses" // where it is given back
	}
	for end := len(p); end > 0; end-- {
		for _, page := range pages {
			if strings.Join(p[:end], "/") == page {
				return strings.Join(parts[:end], "/")
			}
		}
	}
	return ""
}

// Restorable tells whether what a line did away with is restored on the page it leads to.
func Restorable(label, subject string) bool {
	undone := strings.HasSuffix(label, verbs["supprimer"]) && subject == "reglages/caisses" || strings.HasSuffix(label, verbs["annuler"]) && strings.Contains(subject, "/operations/")
	return undone || strings.HasSuffix(label, verbs["retirer"]) && (subject == "reglages/ticket-z" || subject == "reglages/moyens")
}

// pages are the patterns of the pages a line may lead to.
var pages = []string{
	"journees/{box}/{jour}", "questions/{question}", "caisses/{box}", "caisses/{box}/operations/{id}", "clients/{tiers}", "fournisseurs/{tiers}", "bons/{bon}", "reglages/caisses/{caisse}", "reglages/caisses", "reglages/imports/{import}", "reglages/liaisons",
	"reglages/equipe", "reglages/ticket-z", "reglages/moyens", "reglages/societe", "reglages/calendrier", "reglages/seuils", "reglages/comptes",
}
