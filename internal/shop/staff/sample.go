package staff

import (
	"time"

	"encaisse/internal/base/right"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Samples are the pages of the room with made-up people.
func Samples() []web.Sample {
	at := time.Date(2026, time.November, 20, 8, 0, 0, 0, time.UTC)
	marie := User{ID: "8", Name: "Marie Kerlouan", Email: "marie@exemple.fr", SecondFactor: true, Passkeys: 1, CodesLeft: 9, CreatedAt: at}
	paul := User{ID: "9", Name: "Paul Le Goff", Email: "paul@exemple.fr", CreatedAt: at}
	shops := []company.Location{{ID: "1", Name: "Épicerie du Port"}, {ID: "2", Name: "Halle"}}
	team := Team{
		Roles: append(BuiltInRoles(), Role{ID: "3", Name: "Vendeuse du samedi", Rights: BuiltInRoles()[2].Rights}), Locations: shops,
		Members: []Member{
			{User: marie, Membership: Membership{UserID: marie.ID, RoleID: Administrator}, RoleName: "Administrateur"},
			{User: paul, Membership: Membership{UserID: paul.ID, RoleID: Cashier, Locations: []string{"2"}}, RoleName: "Caissier", LocationNames: []string{"Halle"}},
		},
		Invitations: []Invitation{{ID: "4", Kind: InviteMember, Email: "anne@exemple.fr", RoleID: Reader, ExpireAt: at.Add(invitationLife)}},
		Firm:        Firm{ID: "5", Name: "Cabinet Lacombe"},
	}
	frame := func(title string) ui.Frame {
		return ui.Frame{Title: title, User: ui.User{Name: marie.Name, Email: marie.Email}, Company: ui.Company{Name: "Épicerie du Port", HomeURL: "/"}}
	}
	outside := func(title string) ui.Frame { return ui.Frame{Title: title} }
	by := Granter{UserID: marie.ID, Rights: allRights()}
	files := []File{{Entry: company.Entry{Ref: company.Ref{Slug: "epicerie-du-port", Name: "Épicerie du Port"}}, RoleID: Administrator}, {Entry: company.Entry{Ref: company.Ref{Slug: "zinc", Name: "Le Zinc"}}, FirmName: "Cabinet Lacombe"}}
	sessions := []Session{{ID: "6", Agent: "Firefox sur Linux", CreatedAt: at, SeenAt: at}, {ID: "7", Agent: "Safari sur iPhone", CreatedAt: at, SeenAt: at}}
	offer := OfferPage{Frame: outside("Vous êtes invité"), Action: "/invitation/x", Offer: Offer{Invitation: Invitation{Kind: InviteMember, Email: "anne@exemple.fr"}, CompanyName: "Épicerie du Port", RoleName: "Lecteur", By: marie.Name}}
	offer.Form = offerFields(offer)
	var seen ViewChoice
	seen.Name, seen.Slug = "Épicerie du Port", "epicerie-du-port"
	for _, role := range BuiltInRoles()[:3] {
		seen.Roles = append(seen.Roles, ViewRole{role, missing(role.Rights, allRightsBut(right.StaffManage))})
	}
	looking := frame("Mes dossiers")
	looking.View = ui.View{Role: "Gérant", LeaveURL: "/voir-comme/epicerie-du-port/quitter"}
	keys := sampleKeys(at)
	return append(keySamples(frame, outside, keys), []web.Sample{
		{Name: "voir-comme", Title: "Voir comme le client", Page: viewPage(newViewPage(frame("Voir comme le client"), seen, ui.Answers{}))},
		{Name: "voir-comme-bandeau", Title: "Bandeau d’une vue", Page: filesPage(FilesPage{Frame: looking})},
		{Name: "connexion", Title: "Connexion", Page: signInPage(SignInPage{Frame: outside("Se connecter"), Form: signInFields()})},
		{Name: "connexion-refusee", Title: "Connexion refusée", Page: signInPage(SignInPage{Frame: outside("Se connecter"), Form: signInFields(), Err: wrongPair()})},
		{Name: "connexion-code", Title: "Connexion, code du téléphone", Page: codePage(CodePage{Frame: outside("Code de vérification"), Field: codeField()})},
		{Name: "invitation", Title: "Invitation", Page: offerPage(offer)},
		{Name: "dossiers", Title: "Dossiers", Page: filesPage(FilesPage{Frame: frame("Mes dossiers"), Total: 2, Found: 2, Files: files, Pages: ui.Pages{Page: 1, Last: 1}, Firms: []Firm{team.Firm}, NewCompany: "/"})},
		{Name: "compte", Title: "Mon compte", Page: accountPage(AccountPage{Frame: frame("Mon compte"), User: marie, Keys: keys[:1], Sessions: sessions, Current: "6", Zone: paris(), Form: accountFields(marie)})},
		{Name: "codes-de-secours", Title: "Codes de secours", Page: recoveryPage(RecoveryPage{Frame: frame("Codes de secours"), Codes: []string{"abcd-efgh-2345-ijkl", "mnop-qrst-6723-uvwx"}})},
		{Name: "equipe", Title: "Équipe", Page: teamPage(TeamPage{Frame: frame("Équipe"), Team: team, Base: "/equipe", Me: marie.ID, Zone: paris()})},
		{Name: "equipe-membre", Title: "Équipe, une personne", Page: memberPage(MemberPage{Frame: frame(paul.Name), Member: team.Members[1], Base: "/equipe/membres/1", Place: newPlace(team, by, team.Members[1].Membership, ui.Answers{})})},
		{Name: "equipe-role", Title: "Équipe, un rôle", Page: rolePage(RolePage{Frame: frame("Nouveau rôle"), Action: "/equipe/roles/nouveau", New: true, Name: ui.Field{Name: "nom", Label: "Nom du rôle"}, Groups: rightGroups(Role{}, by, nil)})},
	}...)
}
