package staff

import (
	"strings"

	"encaisse/internal/base/locale"
	"encaisse/internal/web/ui"
)

// againField asks for the present password, with what was wrong with the one given.
func againField(err error) ui.Field {
	field := ui.Answers{Err: err}.Fill(currentPasswordField("Votre mot de passe"))
	field.Focus = true
	return field
}

// filesFrame adds to the frame the way to open another company.
func filesFrame(p FilesPage) ui.Frame {
	if p.NewCompany != "" && p.Total > 0 {
		p.Frame.Actions = newCompanyButton(p.NewCompany)
	}
	return p.Frame
}

func newCompanyLink(p FilesPage) ui.Link {
	if p.NewCompany == "" {
		return ui.Link{}
	}
	return ui.Link{Label: "Ouvrir une société", URL: p.NewCompany}
}

func foundWords(p FilesPage) string {
	if p.Search == "" {
		return locale.Plural(p.Total, "dossier", "dossiers")
	}
	if p.Found == 0 {
		return "Aucun dossier ne répond à «\u00a0" + p.Search + "\u00a0»."
	}
	return locale.Plural(p.Found, "dossier trouvé", "dossiers trouvés")
}

func firmsTitle(firms []Firm) string {
	if len(firms) > 1 {
		return "Mes cabinets"
	}
	return "Mon cabinet"
}

// teamPageFrame adds to the frame the way to invite.
func teamPageFrame(p TeamPage) ui.Frame {
	p.Frame.Actions = inviteButton(p.Base + "/inviter")
	return p.Frame
}

// invitationWords tells what an invitation offers.
func invitationWords(t Team, i Invitation) string {
	if i.Kind == InviteAccountant {
		return "Accès du cabinet comptable"
	}
	return t.RoleName(i.RoleID) + " · " + shopsWords(t.LocationNames(i.Locations))
}

// roleAbout is one line on a role.
func roleAbout(role Role) string {
	if role.BuiltIn {
		return role.About
	}
	return locale.Plural(len(role.Rights), "droit", "droits")
}

func roleVerb(role Role) string {
	if role.BuiltIn {
		return "Voir"
	}
	return "Modifier"
}

func removeWords(p MemberPage) string {
	if p.Me {
		return "Vous n’entrerez plus dans ce dossier. Ce que vous avez enregistré reste à votre nom."
	}
	return strings.TrimSpace(p.Member.Name) + " n’entrera plus dans ce dossier. Ce que cette personne a enregistré reste à son nom."
}

// offeredShops tells where an invited person would work.
func offeredShops(names []string) string {
	if len(names) == 0 {
		return "toutes"
	}
	return strings.Join(names, ", ")
}

// firmField asks for a colleague’s address, without taking the cursor: the page is first for reading.
func firmField(a ui.Answers) ui.Field {
	field := a.Fill(emailField("Adresse de la personne", ""))
	field.Focus = false
	return field
}
