package staff

import (
	"slices"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/company"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

func TestTheBuiltInRolesHoldWhatTheirNamesSay(t *testing.T) {
	var ids []string
	for _, role := range BuiltInRoles() {
		ids = append(ids, role.ID)
		for _, r := range role.Rights {
			if !slices.Contains(allRights(), r) {
				t.Errorf("%s holds %q, which does not exist", role.ID, r)
			}
		}
	}
	if !slices.Equal(ids, []string{Administrator, Manager, Cashier, Accountant, Reader}) {
		t.Fatalf("the roles are %v", ids)
	}
	for _, c := range []struct {
		role  string
		right right.Right
		held  bool
	}{
		{Administrator, right.StaffManage, true}, {Administrator, right.SettingsEdit, true}, {Administrator, right.DaysheetForce, true},
		{Manager, right.DaysheetValidate, true}, {Manager, right.DaysheetCorrect, true}, {Manager, right.SettingsEdit, false}, {Manager, right.StaffManage, false},
		{Cashier, right.DaysheetEnter, true}, {Cashier, right.DaysheetValidate, false}, {Cashier, right.ReportView, false}, {Cashier, right.BalanceView, false},
		{Accountant, right.DaysheetLock, true}, {Accountant, right.ReportExport, true}, {Accountant, right.StaffManage, false},
		{Reader, right.ReportExport, true}, {Reader, right.DaysheetEnter, false}, {Reader, right.MovementRecord, false}, {Reader, right.PartyEdit, false},
	} {
		if role, _ := BuiltInRole(c.role); role.Rights.Has(c.right) != c.held {
			t.Errorf("%s holds %s: %v, want %v", c.role, c.right, !c.held, c.held)
		}
	}
}

// join gives somebody a place.
func join(t testing.TB, d *db.DB, companyID string, u User, role string, shops ...string) {
	t.Helper()
	write(t, d, companyID, func(tx *db.Tx) error { return Join(tx, companyID, u.ID, role, shops) })
}

func TestACompanyOpensToItsTeamOnlyWithTheRightsOfTheMoment(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		boss, paul, stranger := newPerson(t, room, "boss"), newPerson(t, room, "paul"), newPerson(t, room, "stranger")
		ref, shops := newCompany(t, d, boss)
		other, _ := newCompany(t, d, stranger)
		join(t, d, ref.ID, paul, Cashier, shops[1].ID)
		who := identity(t, room, signIn(t, room, paul).Token)

		access, err := room.Enter(t.Context(), who, ref.Slug)
		if err != nil {
			t.Fatal(err)
		}
		if !access.Can(right.DaysheetEnter) || access.Can(right.DaysheetValidate) || access.ManyCompanies {
			t.Errorf("a cashier holds %v, many companies %v", access.Rights, access.ManyCompanies)
		}
		if access.Sees(shops[0].ID) || !access.Sees(shops[1].ID) {
			t.Errorf("kept to %v, wants the second shop only", access.Locations)
		}
		_, err = room.Enter(t.Context(), who, other.Slug)
		mustBe(t, err, fault.NotFound)
		theirs := err.Error()
		_, err = room.Enter(t.Context(), who, "no-such-company")
		mustBe(t, err, fault.NotFound)
		if err.Error() != theirs {
			t.Errorf("told apart: %q and %q", theirs, err)
		}

		by := Granter{UserID: boss.ID, Rights: allRights()}
		if err := room.ChangeMember(t.Context(), ref.ID, by, Membership{UserID: paul.ID, RoleID: Manager}); err != nil {
			t.Fatal(err)
		}
		if access, err = room.Enter(t.Context(), who, ref.Slug); err != nil || !access.Can(right.DaysheetValidate) || !access.Sees(shops[0].ID) {
			t.Errorf("promoted, holds %v in %v (%v)", access.Rights, access.Locations, err)
		}
		if err := room.RemoveMember(t.Context(), ref.ID, by, paul.ID); err != nil {
			t.Fatal(err)
		}
		_, err = room.Enter(t.Context(), who, ref.Slug)
		mustBe(t, err, fault.NotFound)
	})
}

func TestEntriesAndChangesOfRightsLeaveSealedEvents(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		boss, paul := newPerson(t, room, "boss"), newPerson(t, room, "paul")
		ref, _ := newCompany(t, d, boss)
		before := len(events(t, d, ref.ID))
		join(t, d, ref.ID, paul, Cashier)
		pass := signIn(t, room, paul)
		for range 3 {
			if _, err := room.Enter(t.Context(), identity(t, room, pass.Token), ref.Slug); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := room.Enter(t.Context(), identity(t, room, signIn(t, room, paul).Token), ref.Slug); err != nil {
			t.Fatal(err)
		}
		by := Granter{UserID: boss.ID, Rights: allRights()}
		if err := room.CloseMemberSessions(t.Context(), ref.ID, by, paul.ID); err != nil {
			t.Fatal(err)
		}
		if holds(t, room, pass.Token) {
			t.Error("the administrator closed the sessions, one holds")
		}
		if err := room.SaveRole(t.Context(), ref.ID, by, "", "Vendeur", []string{"daysheet.view"}); err != nil {
			t.Fatal(err)
		}
		if err := room.RemoveMember(t.Context(), ref.ID, by, paul.ID); err != nil {
			t.Fatal(err)
		}
		if got := events(t, d, ref.ID)[before:]; !slices.Equal(got, []int{130, 80, 80, 130, 130, 130}) {
			t.Errorf("events %v", got)
		}
	})
}

func TestNobodyGivesMoreThanTheyHoldOrTouchesWhoHoldsMore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		boss, chief, paul := newPerson(t, room, "boss"), newPerson(t, room, "chief"), newPerson(t, room, "paul")
		ref, shops := newCompany(t, d, boss)
		join(t, d, ref.ID, paul, Cashier, shops[0].ID)
		chiefRights := right.Set{right.StaffManage, right.DaysheetView, right.DaysheetEnter, right.MovementRecord, right.PartyView}
		by := Granter{UserID: chief.ID, Rights: chiefRights, Locations: []string{shops[0].ID}}
		for what, err := range map[string]error{
			"a wider role":        room.ChangeMember(t.Context(), ref.ID, by, Membership{UserID: paul.ID, RoleID: Administrator, Locations: []string{shops[0].ID}}),
			"another shop":        room.ChangeMember(t.Context(), ref.ID, by, Membership{UserID: paul.ID, RoleID: Cashier, Locations: []string{shops[1].ID}}),
			"every shop":          room.ChangeMember(t.Context(), ref.ID, by, Membership{UserID: paul.ID, RoleID: Cashier}),
			"the boss’s place":    room.RemoveMember(t.Context(), ref.ID, by, boss.ID),
			"the boss’s sessions": room.CloseMemberSessions(t.Context(), ref.ID, by, boss.ID),
			"a role with more":    room.SaveRole(t.Context(), ref.ID, by, "", "Tout", []string{"settings.edit"}),
			"the firm":            second(room.InviteAccountant(t.Context(), ref.ID, by, "cabinet@exemple.fr")),
		} {
			if !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s: %v", what, err)
			}
		}
		mustBe(t, room.ChangeMember(t.Context(), ref.ID, by, Membership{UserID: paul.ID, RoleID: "no-such-role"}), fault.Invalid)
		mustBe(t, room.ChangeMember(t.Context(), ref.ID, by, Membership{UserID: paul.ID, RoleID: Cashier, Locations: []string{"no-such-shop"}}), fault.Invalid)
		mustBe(t, room.SaveRole(t.Context(), ref.ID, by, "", "Accueil", []string{"daysheet.view"}), "")
	})
}

func second[T any](_ T, err error) error { return err }

func TestATeamKeepsAnAdministratorWhoCanSignIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		boss, deputy := newPerson(t, room, "boss"), newPerson(t, room, "deputy")
		ref, shops := newCompany(t, d, boss)
		by := Granter{UserID: boss.ID, Rights: allRights()}
		mustBe(t, room.RemoveMember(t.Context(), ref.ID, by, boss.ID), fault.Conflict)
		mustBe(t, room.ChangeMember(t.Context(), ref.ID, by, Membership{UserID: boss.ID, RoleID: Manager}), fault.Conflict)
		mustBe(t, room.ChangeMember(t.Context(), ref.ID, by, Membership{UserID: boss.ID, RoleID: Administrator, Locations: []string{shops[0].ID}}), fault.Conflict)
		join(t, d, ref.ID, deputy, Administrator)
		write(t, d, "", func(tx *db.Tx) error { return Disable(tx, deputy.ID) })
		mustBe(t, room.RemoveMember(t.Context(), ref.ID, by, boss.ID), fault.Conflict)
		write(t, d, "", func(tx *db.Tx) error { return Enable(tx, deputy.ID) })
		mustBe(t, room.RemoveMember(t.Context(), ref.ID, by, boss.ID), "")
	})
}

func TestARoleOfTheCompanyChangesForAllWhoHaveItAndGoesWhenNobodyDoes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		boss, paul := newPerson(t, room, "boss"), newPerson(t, room, "paul")
		ref, _ := newCompany(t, d, boss)
		other, _ := newCompany(t, d, boss)
		by := Granter{UserID: boss.ID, Rights: allRights()}
		mustBe(t, room.SaveRole(t.Context(), ref.ID, by, "", "Vendeur", []string{"daysheet.view", "no.such.right"}), "")
		mustBe(t, room.SaveRole(t.Context(), ref.ID, by, "", "VENDEUR", []string{"daysheet.view"}), fault.Conflict)
		mustBe(t, room.SaveRole(t.Context(), ref.ID, by, "", "Gérant", []string{"daysheet.view"}), fault.Conflict)
		mustBe(t, room.SaveRole(t.Context(), ref.ID, by, "", "Vide", nil), fault.Invalid)
		team, err := room.Team(t.Context(), ref.ID)
		if err != nil {
			t.Fatal(err)
		}
		role := team.Roles[len(team.Roles)-1]
		if role.Name != "Vendeur" || !slices.Equal(role.Rights, right.Set{right.DaysheetView}) {
			t.Fatalf("the role is %+v", role)
		}
		join(t, d, ref.ID, paul, role.ID)
		who := identity(t, room, signIn(t, room, paul).Token)
		mustBe(t, room.SaveRole(t.Context(), ref.ID, by, role.ID, "Vendeur", []string{"report.view"}), "")
		access, err := room.Enter(t.Context(), who, ref.Slug)
		if err != nil || access.Can(right.DaysheetView) || !access.Can(right.ReportView) {
			t.Errorf("holds %v (%v)", access.Rights, err)
		}
		mustBe(t, room.DropRole(t.Context(), ref.ID, by, role.ID), fault.Conflict)
		mustBe(t, room.SaveRole(t.Context(), other.ID, by, role.ID, "Volé", []string{"report.view"}), fault.NotFound)
		mustBe(t, room.RemoveMember(t.Context(), ref.ID, by, paul.ID), "")
		mustBe(t, room.DropRole(t.Context(), ref.ID, by, role.ID), "")
	})
}

func TestAnAccountingFirmEntersTheFilesItWasGivenAsAccountant(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		boss, chief := newPerson(t, room, "boss"), newPerson(t, room, "chief")
		ref, _ := newCompany(t, d, boss)
		by := Granter{UserID: boss.ID, Rights: allRights()}
		link, err := room.InviteAccountant(t.Context(), ref.ID, by, "chief@exemple.fr")
		if err != nil {
			t.Fatal(err)
		}
		mustBe(t, second(room.Accept(t.Context(), Acceptance{Token: token(link), UserID: chief.ID})), fault.Invalid) // no firm named
		out, err := room.Accept(t.Context(), Acceptance{Token: token(link), UserID: chief.ID, FirmName: "Cabinet Lacombe"})
		if err != nil {
			t.Fatal(err)
		}
		mustBe(t, second(room.InviteAccountant(t.Context(), ref.ID, by, "another@exemple.fr")), fault.Conflict)
		enter := func(u User) (web.Access, error) {
			return room.Enter(t.Context(), identity(t, room, signIn(t, room, u).Token), ref.Slug)
		}
		access, err := enter(chief)
		if err != nil || !access.Can(right.ReportExport) || access.Can(right.StaffManage) {
			t.Fatalf("the accountant holds %v (%v)", access.Rights, err)
		}

		assistant := newPerson(t, room, "assistant")
		mustBe(t, second(room.InviteColleague(t.Context(), out.FirmID, assistant.ID, "x@exemple.fr")), fault.NotFound)
		link, err = room.InviteColleague(t.Context(), out.FirmID, chief.ID, assistant.Email)
		if err != nil {
			t.Fatal(err)
		}
		mustBe(t, second(room.Accept(t.Context(), Acceptance{Token: token(link), UserID: assistant.ID})), "")
		mustBe(t, second(enter(assistant)), "")
		mustBe(t, second(room.InviteColleague(t.Context(), out.FirmID, assistant.ID, "x@exemple.fr")), fault.Forbidden)
		mustBe(t, room.RemoveColleague(t.Context(), out.FirmID, chief.ID, chief.ID), fault.Conflict)
		files, err := room.Files(t.Context(), assistant.ID)
		if err != nil || len(files.Files) != 1 || files.Files[0].FirmName != "Cabinet Lacombe" || !files.CreatesCompanies {
			t.Errorf("files %+v (%v)", files, err)
		}

		mustBe(t, room.TakeFromFirm(t.Context(), ref.ID, by), "")
		mustBe(t, second(enter(assistant)), fault.NotFound)
		mustBe(t, room.RemoveColleague(t.Context(), out.FirmID, chief.ID, assistant.ID), "")
		_, err = room.Firm(t.Context(), out.FirmID, assistant.ID)
		mustBe(t, err, fault.NotFound)
	})
}

func TestFilesAreFoundByAnyPartOfTheirNameWithoutAccents(t *testing.T) {
	file := func(name, firm string) File {
		return File{Entry: company.Entry{Ref: company.Ref{Name: name}}, FirmName: firm}
	}
	files := []File{file("Épicerie du Port", "Cabinet Lacombe"), file("Boulangerie Noël", ""), file("Bar du Port", "")}
	for search, want := range map[string]int{"": 3, "EPICERIE": 1, "port": 2, "port bar": 1, "lacombe": 1, "noel": 1, "zinc": 0} {
		if got := matching(files, search); len(got) != want {
			t.Errorf("%q finds %d files, want %d", search, len(got), want)
		}
	}
}

func TestTheFirstLinkOfAnEmptyProgramServesOnceAndIsTheLastOneMade(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		first, err := room.NewSetupLink(t.Context())
		if err != nil || first == "" {
			t.Fatalf("no link: %v", err)
		}
		last, err := room.NewSetupLink(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		use := func(path string) error {
			return d.Write(t.Context(), "", func(tx *db.Tx) error { return UseSetup(tx, path[len("/installation/"):]) })
		}
		mustBe(t, use(first), fault.NotFound)
		mustBe(t, use(last), "")
		mustBe(t, use(last), fault.NotFound)
		newPerson(t, room, "marie")
		dbtest.Clock(t, d).Advance(time.Hour)
		if path, err := room.NewSetupLink(t.Context()); err != nil || path != "" {
			t.Errorf("a link %q though somebody can sign in (%v)", path, err)
		}
	})
}
