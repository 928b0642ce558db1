package api

import "encaisse/internal/base/day"

// What programs send and receive. The tags make the OpenAPI document and the strict reading of what arrives: doc is shown, need says that
// the member must be there, max bounds a text, enum lists its values.

// SheetIn is a day sheet as a program sends it.
type SheetIn struct {
	ID              string           `json:"id" max:"100" doc:"Votre identifiant de cet envoi, à défaut de l’en-tête Idempotency-Key. Le même identifiant avec le même contenu compte une fois."`
	Box             string           `json:"box" need:"true" max:"60" doc:"La caisse : son id, ou son nom exact."`
	Date            day.Day          `json:"date" need:"true" doc:"La journée."`
	Close           bool             `json:"close" doc:"true clôture la journée. false (par défaut) laisse un brouillon, qu’une personne vérifie et clôture."`
	Z               string           `json:"z" max:"30" doc:"Numéro du ticket Z."`
	Sales           []CategoryAmount `json:"sales" doc:"Les ventes TTC par rayon. Un rayon ne se donne qu’une fois."`
	Payments        []MethodAmount   `json:"payments" doc:"Les règlements par moyen de paiement."`
	VouchersSold    *Amount          `json:"vouchersSold" doc:"Bons cadeaux vendus."`
	CreditsRepaid   *Amount          `json:"creditsRepaid" doc:"Crédits clients réglés, en une somme."`
	RepaidBy        []CustomerAmount `json:"repaidBy" doc:"Crédits réglés, par client."`
	GrantedTo       []CustomerAmount `json:"grantedTo" doc:"Crédits accordés, par client."`
	Overpayment     *Amount          `json:"overpayment" doc:"Trop-perçu gardé (négatif : moins-perçu)."`
	SalesCount      *int             `json:"salesCount" doc:"Nombre de ventes."`
	CustomerCount   *int             `json:"customerCount" doc:"Nombre de clients."`
	Counted         []MethodAmount   `json:"counted" doc:"Ce qui a été compté, par moyen de paiement. Les espèces se comptent pour clôturer."`
	Pieces          []Piece          `json:"pieces" doc:"Le comptage des billets et des pièces, à la place du total des espèces comptées."`
	Loose           *Amount          `json:"loose" doc:"Rouleaux et autres espèces comptées en une somme."`
	Reasons         []MethodReason   `json:"reasons" doc:"Les motifs des écarts de caisse."`
	Remitted        *Amount          `json:"remitted" doc:"Espèces à remettre en banque, sorties de la caisse à la clôture."`
	BreakdownReason string           `json:"breakdownReason" max:"200" doc:"Pourquoi la journée se clôture malgré une différence de ventilation ; il faut en avoir le droit."`
	Note            string           `json:"note" max:"1000" doc:"Commentaire."`
}

// CategoryAmount is what was sold in a category.
type CategoryAmount struct {
	Category string `json:"category" need:"true" max:"60" doc:"Le rayon : son id, ou son intitulé exact."`
	Amount   Amount `json:"amount" need:"true"`
}

// MethodAmount is an amount of a payment method.
type MethodAmount struct {
	Method string `json:"method" need:"true" max:"60" doc:"Le moyen de paiement : son id, ou son intitulé exact."`
	Amount Amount `json:"amount" need:"true"`
}

// CustomerAmount is an amount of credit of a customer.
type CustomerAmount struct {
	Customer string `json:"customer" need:"true" max:"60" doc:"L’id de la fiche du client."`
	Amount   Amount `json:"amount" need:"true"`
}

// Piece is how many of a note or coin were counted.
type Piece struct {
	Value Amount `json:"value" need:"true" doc:"La valeur du billet ou de la pièce."`
	Count int    `json:"count" need:"true" doc:"Combien."`
}

// MethodReason says why the box does not match.
type MethodReason struct {
	Method string `json:"method" need:"true" max:"60" doc:"Le moyen de paiement : son id, ou son intitulé exact."`
	Code   string `json:"code" need:"true" max:"20" enum:"change,entry,expense,other" doc:"change : erreur de rendu ; entry : erreur de saisie ; expense : dépense oubliée ; other : autre, à préciser."`
	Note   string `json:"note" max:"200" doc:"Précision."`
}

// DayState tells where a day stands.
type DayState struct {
	Box     string  `json:"box" need:"true" max:"60" doc:"L’id de la caisse."`
	Date    day.Day `json:"date" need:"true"`
	State   string  `json:"state" need:"true" max:"10" enum:"open,draft,closed,locked" doc:"open : rien n’est saisi ; draft : brouillon ; closed : clôturée ; locked : verrouillée, ne change plus qu’à la date du jour."`
	Source  string  `json:"source" max:"10" enum:"hand,till,file,api,scan" doc:"D’où viennent les chiffres."`
	Version int     `json:"version" doc:"0 pour un brouillon ; 1 à la clôture ; un de plus à chaque correction."`
	Number  int     `json:"number" doc:"Numéro de la feuille dans sa caisse, sans trou."`
	At      string  `json:"at" max:"30" doc:"Instant de la clôture ou du dernier enregistrement, RFC 3339, UTC."`
	URL     string  `json:"url" need:"true" max:"300" doc:"L’adresse de la page de la journée."`
}

// SheetOut is a day sheet as it stands. Amounts are cents.
type SheetOut struct {
	DayState
	Z             string      `json:"z" max:"30" doc:"Numéro du ticket Z."`
	Sales         []SaleOut   `json:"sales" need:"true"`
	Payments      []MethodOut `json:"payments" need:"true"`
	Gross         Amount      `json:"gross" doc:"Chiffre d’affaires TTC."`
	Net           Amount      `json:"net" doc:"Chiffre d’affaires HT."`
	Tax           Amount      `json:"tax" doc:"TVA collectée."`
	Taken         Amount      `json:"taken" doc:"Total des règlements."`
	Breakdown     Amount      `json:"breakdown" doc:"Différence de ventilation : 0 quand la feuille est équilibrée."`
	OverShort     Amount      `json:"overShort" doc:"Écart de caisse, compté moins théorique."`
	SalesCount    *int        `json:"salesCount,omitempty"`
	CustomerCount *int        `json:"customerCount,omitempty"`
	Note          string      `json:"note" max:"1000"`
}

// SaleOut is a category of a sheet.
type SaleOut struct {
	Category string `json:"category" need:"true" max:"60" doc:"L’id du rayon."`
	Label    string `json:"label" need:"true" max:"60"`
	Rate     int    `json:"rate" doc:"Taux de TVA en centièmes de pour cent : 2000 pour 20 %."`
	Gross    Amount `json:"gross"`
	Net      Amount `json:"net"`
	Tax      Amount `json:"tax"`
}

// MethodOut is a payment method of a sheet.
type MethodOut struct {
	Method    string  `json:"method" need:"true" max:"60" doc:"L’id du moyen de paiement."`
	Label     string  `json:"label" need:"true" max:"60"`
	Taken     Amount  `json:"taken" doc:"Ce qui a été encaissé ainsi."`
	Counted   *Amount `json:"counted,omitempty" doc:"Ce qui a été compté ; absent : pas compté."`
	OverShort Amount  `json:"overShort" doc:"L’écart."`
	Remitted  Amount  `json:"remitted" doc:"Ce qui a été remis en banque à la clôture."`
}

// References are the identifiers a program needs to fill a sheet.
type References struct {
	Company    string        `json:"company" need:"true" max:"80" doc:"Le nom de la société."`
	Boxes      []BoxRef      `json:"boxes" need:"true" doc:"Les caisses auxquelles la liaison a accès."`
	Categories []CategoryRef `json:"categories" need:"true" doc:"Les rayons en service, dans l’ordre du ticket Z."`
	Methods    []MethodRef   `json:"methods" need:"true" doc:"Les moyens de paiement en service."`
}

// BoxRef is a cash box.
type BoxRef struct {
	ID       string  `json:"id" need:"true" max:"60"`
	Name     string  `json:"name" need:"true" max:"60"`
	Location string  `json:"location" need:"true" max:"80" doc:"Le nom de l’établissement."`
	FirstDay day.Day `json:"firstDay" doc:"Le premier jour qui a une feuille."`
}

// CategoryRef is a sales category.
type CategoryRef struct {
	ID    string `json:"id" need:"true" max:"60"`
	Label string `json:"label" need:"true" max:"60"`
	Rate  int    `json:"rate" need:"true" doc:"Taux de TVA en centièmes de pour cent."`
}

// MethodRef is a payment method.
type MethodRef struct {
	ID    string `json:"id" need:"true" max:"60"`
	Label string `json:"label" need:"true" max:"60"`
	Kind  string `json:"kind" need:"true" max:"20" enum:"cash,card,cheque,meal,transfer,voucher,on-account,other"`
	Held  bool   `json:"held" need:"true" doc:"Reste en caisse et se compte."`
}
