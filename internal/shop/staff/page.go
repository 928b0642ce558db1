package staff

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"

	"rsc.io/qr"
)

// SignInPage asks for an address and a password. Empty is a program nobody can sign in to yet.
type SignInPage struct {
	Frame  ui.Frame
	Return string
	Empty  bool
	Form   ui.Fields
	Key    KeyOffer
	Err    error
}

// CodePage asks for the code after the password.
type CodePage struct {
	Frame  ui.Frame
	Return string
	Field  ui.Field
	Key    KeyOffer
	Err    error
}

// AgainPage asks for the password again before an act, whose form waits in it.
type AgainPage struct {
	Frame  ui.Frame
	Action string
	Fields []ui.HeldField
	Err    error
}

// AskResetPage asks where to send a link for a new password.
type AskResetPage struct {
	Frame ui.Frame
	Mails bool
	Field ui.Field
	Err   error
}

// ResetPage asks for a new password.
type ResetPage struct {
	Frame         ui.Frame
	Action, Email string
	Field         ui.Field
	Err           error
}

// OfferPage shows an invitation and how to accept it.
type OfferPage struct {
	Frame  ui.Frame
	Offer  Offer
	Action string
	Me     web.Identity
	Firms  []Firm // that the reader leads
	Form   ui.Fields
	Err    error
}

// FilesPage lists the companies somebody may enter.
type FilesPage struct {
	Frame        ui.Frame
	Search       string
	Total, Found int
	Files        []File
	Pages        ui.Pages
	Firms        []Firm
	NewCompany   string // "" when the person may not open one
}

// FirmRoomPage is an accounting firm.
type FirmRoomPage struct {
	Frame ui.Frame
	Firm  FirmPage
	Me    string
	Zone  *time.Location
	Field ui.Field
	Err   error
}

// AccountPage is what somebody may change about themselves.
type AccountPage struct {
	Frame    ui.Frame
	User     User
	Keys     []Passkey
	Sessions []Session
	Current  string
	Zone     *time.Location
	Form     ui.Fields
	Err      error
}

// GeneratorPage sets a code generator up, or takes it away.
type GeneratorPage struct {
	Frame   ui.Frame
	User    User
	Pending *Enrolment
	Code    QRCode
	Field   ui.Field
	Err     error
}

// RecoveryPage shows the codes of last resort, once.
type RecoveryPage struct {
	Frame ui.Frame
	Codes []string
}

// LinkPage shows the link of an invitation, once.
type LinkPage struct {
	Frame            ui.Frame
	URL, Email, Back string
	Sent             bool
}

// TeamPage is the people of a company.
type TeamPage struct {
	Frame ui.Frame
	Team  Team
	Base  string
	Me    string
	Zone  *time.Location
}

// Place is the choice of a role and of shops.
type Place struct {
	Role   ui.Field
	Scope  ui.Field
	Shops  []Shop
	Choose bool // there is a choice of shops to make
}

// Shop is a box to tick.
type Shop struct {
	ID, Name string
	Ticked   bool
}

// InvitePage invites somebody in the team.
type InvitePage struct {
	Frame  ui.Frame
	Action string
	Mails  bool
	Email  ui.Field
	Place  Place
	Err    error
}

// AccountantPage gives the file to a firm.
type AccountantPage struct {
	Frame  ui.Frame
	Action string
	Mails  bool
	Field  ui.Field
	Err    error
}

// MemberPage is a person of the team. Wider is somebody who holds more than the reader.
type MemberPage struct {
	Frame  ui.Frame
	Member Member
	Base   string
	Me     bool
	Wider  bool
	Place  Place
	Err    error
}

// RolePage is a role: one of the company’s own, to change, or a built-in one, to read.
type RolePage struct {
	Frame   ui.Frame
	Action  string
	New     bool
	BuiltIn bool
	Used    bool
	Name    ui.Field
	Groups  []RightGroup
	Err     error
}

// RightGroup is the rights on one kind of thing.
type RightGroup struct {
	Name  string
	Boxes []RightBox
}

// RightBox is a right to tick.
type RightBox struct {
	Right, Text    string
	Ticked, Locked bool // Locked is a right the reader does not hold
}

func itoa(n int) string { return strconv.Itoa(n) }

var paris = sync.OnceValue(func() *time.Location {
	place, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return time.UTC
	}
	return place
})

// zone is the time zone of the company, that of Paris outside of any.
func zone(c *web.Ctx) *time.Location {
	if c.Access.Zone != nil {
		return c.Access.Zone
	}
	return paris()
}

func emailField(label, value string) ui.Field {
	return ui.Field{Name: "email", Label: label, Type: "email", Complete: "email", Value: value, Max: 254, Focus: true}
}

func signInFields() ui.Fields {
	email := emailField("Adresse électronique", "")
	email.Complete = "username webauthn" // the browser proposes passkeys there too
	return ui.Fields{email, {Name: "mot-de-passe", Label: "Mot de passe", Complete: "current-password"}}
}

func codeField() ui.Field {
	return ui.Field{Name: "code", Label: "Code", Mode: "numeric", Complete: "one-time-code", Max: 24, Focus: true}
}

func newPasswordField(focus bool) ui.Field {
	return ui.Field{Name: "mot-de-passe", Label: "Nouveau mot de passe", Complete: "new-password", Focus: focus,
		Help: "12\u00a0caractères au moins. Quatre ou cinq mots sans rapport entre eux se retiennent bien."}
}

func currentPasswordField(label string) ui.Field {
	return ui.Field{Name: currentPassword, Label: label, Complete: "current-password"}
}

func accountFields(u User) ui.Fields {
	return ui.Fields{
		{Name: "nom", Label: "Votre nom", Help: "Il est montré à l’équipe et sur ce que vous enregistrez.", Value: u.Name, Complete: "name", Max: 80},
		currentPasswordField("Mot de passe actuel"), newPasswordField(false),
	}
}

// offerFields are the questions of an invitation: an account for who has none, a firm for an accountant.
func offerFields(p OfferPage) ui.Fields {
	var fields ui.Fields
	if !p.Me.Known() && !p.Offer.HasAccount {
		password := newPasswordField(false)
		password.Label = "Choisissez un mot de passe"
		fields = append(fields, ui.Field{Name: "nom", Label: "Votre nom", Complete: "name", Max: 80, Focus: true}, password)
	}
	if p.Offer.Kind != InviteAccountant {
		return fields
	}
	if len(p.Firms) > 0 {
		choice := ui.Field{Name: "cabinet-existant", Label: "Cabinet", Value: p.Firms[0].ID}
		for _, firm := range p.Firms {
			choice.Options = append(choice.Options, ui.Option{Value: firm.ID, Label: firm.Name})
		}
		choice.Options = append(choice.Options, ui.Option{Value: "", Label: "Un autre, à créer"})
		fields = append(fields, choice)
	}
	return append(fields, ui.Field{Name: "cabinet", Label: "Nom du cabinet", Complete: "organization", Max: 80, Optional: len(p.Firms) > 0})
}

// newPlace is the choice of a role and of shops, filled with what somebody has or with what was answered. Roles that the giver
// may not give are not offered.
func newPlace(team Team, by Granter, m Membership, a ui.Answers) Place {
	p := Place{
		Role:   ui.Field{Name: "role", Label: "Rôle", Value: m.RoleID},
		Scope:  ui.Field{Name: "portee", Label: "Boutiques", Value: "toutes", Options: []ui.Option{{Value: "toutes", Label: "Toutes les boutiques"}, {Value: "choix", Label: "Seulement certaines"}}},
		Choose: len(team.Locations) > 1 || len(m.Locations) > 0 || by.Locations != nil,
	}
	if len(m.Locations) > 0 || by.Locations != nil {
		p.Scope.Value = "choix"
	}
	p.Scope.Options[0].Disabled = by.Locations != nil
	for _, role := range team.Roles {
		if covers(by.Rights, nil, role.Rights, nil) {
			about := role.About
			if !role.BuiltIn {
				about = locale.Plural(len(role.Rights), "droit", "droits") + ". Rôle de la société."
			}
			p.Role.Options = append(p.Role.Options, ui.Option{Value: role.ID, Label: role.Name, Help: about})
		}
	}
	ticked := m.Locations
	if a.Values != nil {
		ticked = a.Values["boutiques"]
	}
	for _, shop := range team.Locations {
		if by.Locations == nil || slices.Contains(by.Locations, shop.ID) {
			p.Shops = append(p.Shops, Shop{ID: shop.ID, Name: shop.Name, Ticked: slices.Contains(ticked, shop.ID)})
		}
	}
	p.Role, p.Scope = a.Fill(p.Role), a.Fill(p.Scope)
	if p.Scope.Error == "" {
		p.Scope.Error = a.Fill(ui.Field{Name: "boutiques"}).Error
	}
	return p
}

// rightGroups are the rights as boxes to tick, group by group.
func rightGroups(role Role, by Granter, answered url.Values) []RightGroup {
	var groups []RightGroup
	for _, label := range right.All() {
		box := RightBox{Right: string(label.Right), Text: label.Text, Ticked: role.Rights.Has(label.Right), Locked: role.BuiltIn || !by.Rights.Has(label.Right)}
		if answered != nil {
			box.Ticked = slices.Contains(answered["droits"], box.Right)
		}
		if n := len(groups); n == 0 || groups[n-1].Name != label.Group {
			groups = append(groups, RightGroup{Name: label.Group})
		}
		last := &groups[len(groups)-1]
		last.Boxes = append(last.Boxes, box)
	}
	return groups
}

// shopsWords tells where somebody works.
func shopsWords(names []string) string {
	if len(names) == 0 {
		return "Toutes les boutiques"
	}
	return strings.Join(names, ", ")
}

// initialsOf stand in the round before a name.
func initialsOf(u User) string { return ui.User{Name: u.Name, Email: u.Email}.Initials() }

// roleWords tells how somebody enters a company of the list.
func roleWords(f File) string {
	if f.RoleID == "" {
		return "Par le cabinet " + f.FirmName
	}
	if role, builtIn := BuiltInRole(f.RoleID); builtIn {
		return role.Name
	}
	return "Rôle de la société"
}

// grouped writes a secret in groups of four, as people copy it.
func grouped(secret string) string {
	var groups []string
	for part := range slices.Chunk([]byte(secret), 4) {
		groups = append(groups, string(part))
	}
	return strings.Join(groups, " ")
}

// QRCode is a code as the path of a drawing: one square a module.
type QRCode struct {
	Size int // modules on a side, with the white border
	Path string
}

// qrBorder is the white border the standard asks for.
const qrBorder = 4

// qrCode draws a text.
func qrCode(text string) (QRCode, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return QRCode{}, err
	}
	var path strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				path.WriteString("M" + itoa(x+qrBorder) + " " + itoa(y+qrBorder) + "h1v1h-1z")
			}
		}
	}
	return QRCode{Size: code.Size + 2*qrBorder, Path: path.String()}, nil
}
