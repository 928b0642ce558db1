// Package right is the vocabulary of rights: a verb on a kind of thing. Rooms name the right each of their pages needs;
// roles are sets of rights. Nothing here decides: it only names.
package right

import "slices"

// Right is a verb on a kind of thing.
type Right string

// What a route may need besides a right in a company.
const (
	Public   Right = "public"    // anybody, signed in or not
	SignedIn Right = "signed-in" // anybody who signed in, outside of any company
	Member   Right = "member"    // anybody who belongs to the company
)

// The rights in a company.
const (
	DaysheetView     Right = "daysheet.view"
	DaysheetEnter    Right = "daysheet.enter"
	DaysheetValidate Right = "daysheet.validate"
	DaysheetForce    Right = "daysheet.force"
	DaysheetCorrect  Right = "daysheet.correct"
	DaysheetLock     Right = "daysheet.lock"
	MovementRecord   Right = "movement.record"
	MovementReverse  Right = "movement.reverse"
	EntryBackdate    Right = "entry.backdate"
	BalanceView      Right = "balance.view"
	ReportView       Right = "report.view"
	ReportExport     Right = "report.export"
	BudgetEdit       Right = "budget.edit"
	CreditOver       Right = "credit.over"
	VoucherIssue     Right = "voucher.issue"
	VoucherRedeem    Right = "voucher.redeem"
	DepositMake      Right = "deposit.make"
	PartyView        Right = "party.view"
	PartyEdit        Right = "party.edit"
	CalendarEdit     Right = "calendar.edit"
	SettingsEdit     Right = "settings.edit"
	StaffManage      Right = "staff.manage"
	LinkManage       Right = "link.manage"
	DataImport       Right = "data.import"
	ActivityView     Right = "activity.view"
	AccountingExport Right = "accounting.export"
	QuestionAsk      Right = "question.ask"
	QuestionAnswer   Right = "question.answer"
)

// Label is a right with the French words a settings page shows.
type Label struct {
	Right Right
	Group string
	Text  string
}

// All lists the rights a role can hold, in the order a settings page shows them.
func All() []Label {
	return []Label{
		{DaysheetView, "Journées", "Voir les journées"},
		{DaysheetEnter, "Journées", "Saisir une journée"},
		{DaysheetValidate, "Journées", "Clôturer une journée"},
		{DaysheetForce, "Journées", "Clôturer malgré une différence de ventilation"},
		{DaysheetCorrect, "Journées", "Corriger une journée clôturée"},
		{DaysheetLock, "Journées", "Verrouiller une journée"},
		{QuestionAnswer, "Journées", "Lire les questions du comptable et y répondre"},
		{QuestionAsk, "Journées", "Poser des questions sur les journées, et les clore"},
		{MovementRecord, "Caisse", "Enregistrer dépenses, apports, prélèvements et remises"},
		{MovementReverse, "Caisse", "Annuler une opération de caisse"},
		{EntryBackdate, "Caisse", "Enregistrer à une date passée"},
		{BalanceView, "Caisse", "Voir les soldes"},
		{CreditOver, "Crédits, bons et remises", "Accorder un crédit au-delà du plafond"},
		{VoucherIssue, "Crédits, bons et remises", "Émettre, prolonger et annuler des bons cadeaux"},
		{VoucherRedeem, "Crédits, bons et remises", "Consulter et utiliser des bons cadeaux"},
		{DepositMake, "Crédits, bons et remises", "Préparer et pointer les remises en banque"},
		{ReportView, "Rapports", "Voir les rapports"},
		{ReportExport, "Rapports", "Imprimer et exporter"},
		{BudgetEdit, "Rapports", "Saisir et importer le budget"},
		{AccountingExport, "Rapports", "Exporter une période vers la comptabilité, qui la verrouille"},
		{PartyView, "Clients et fournisseurs", "Voir les fiches"},
		{PartyEdit, "Clients et fournisseurs", "Créer et modifier les fiches"},
		{CalendarEdit, "Réglages", "Modifier le calendrier d’ouverture"},
		{SettingsEdit, "Réglages", "Modifier les réglages de la société"},
		{StaffManage, "Réglages", "Gérer l’équipe et les droits"},
		{LinkManage, "Réglages", "Relier d’autres logiciels"},
		{DataImport, "Réglages", "Importer des fichiers et annuler un import"},
		{ActivityView, "Réglages", "Voir le journal d’activité"},
	}
}

// Set is the rights somebody holds in a company.
type Set []Right

// Has tells whether the set holds a right. Member is held by every set.
func (s Set) Has(r Right) bool { return r == Member || slices.Contains(s, r) }
