package staff

import (
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"encaisse/internal/base/fault"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// A passkey is a pair of keys made by a device: it signs what it is asked to once its owner has shown a finger, a face or a code. The
// device and what its owner is or knows are two factors, so nothing more is asked at sign-in. See decision 0090.
const (
	mostPasskeys      = 20
	longestPasskey    = 60 // characters of its name
	challengePatience = 5 * time.Minute

	challengesPerClient = 120 // a minute: the tills of a shop share an address
)

// Passkey is a passkey of a person, without what its signatures are checked with.
type Passkey struct {
	ID, UserID string
	Name       string
	Domain     string // it serves at this name only
	Synced     bool   // the device copies it to others of the same owner
	Suspect    bool   // its counter went back: it may have been copied, and is refused
	CreatedAt  time.Time
	UsedAt     time.Time // zero when it never served
}

// passkeyRow is a passkey with what its signatures are checked with.
type passkeyRow struct {
	Passkey
	credential, publicKey []byte
	counter               int64
	syncable              bool
	transports            string
}

// keySite is an address of the program at which passkeys can serve.
type keySite struct {
	origin, domain string
	party          *webauthn.WebAuthn
}

// splitOrigin reads an address as browsers write it in what they sign. It is ok when they let passkeys serve there: a name by HTTPS, or this
// very machine.
func splitOrigin(address string) (origin, domain string, ok bool) {
	u, err := url.Parse(strings.ToLower(strings.TrimRight(address, "/")))
	if err != nil || u.Host == "" || net.ParseIP(u.Hostname()) != nil {
		return "", "", false
	}
	local := u.Hostname() == "localhost" || strings.HasSuffix(u.Hostname(), ".localhost")
	if u.Scheme != "https" && (u.Scheme != "http" || !local) || protocol.ValidateRPID(u.Hostname()) != nil {
		return "", "", false
	}
	host := u.Host
	if port := u.Port(); port == "" || port == map[string]string{"https": "443", "http": "80"}[u.Scheme] {
		host = u.Hostname()
	}
	return u.Scheme + "://" + host, u.Hostname(), true
}

// keySites prepares the addresses at which passkeys can serve, the best first. Others are left out.
func keySites(addresses []string) ([]keySite, error) {
	var sites []keySite
	for _, address := range addresses {
		origin, domain, ok := splitOrigin(address)
		if !ok || slices.ContainsFunc(sites, func(s keySite) bool { return s.domain == domain }) {
			continue
		}
		party, err := webauthn.New(&webauthn.Config{
			RPID: domain, RPDisplayName: codeIssuer, RPOrigins: []string{origin},
			AttestationPreference: protocol.PreferNoAttestation,
			AuthenticatorSelection: protocol.AuthenticatorSelection{
				ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
				UserVerification: protocol.VerificationRequired,
			},
			Timeouts: webauthn.TimeoutsConfig{ // told to the browser; the store’s own clock enforces it
				Login: webauthn.TimeoutConfig{Timeout: challengePatience}, Registration: webauthn.TimeoutConfig{Timeout: challengePatience},
			},
			ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore, // password managers send some unasked; none is used
		})
		if err != nil {
			return nil, err
		}
		sites = append(sites, keySite{origin, domain, party})
	}
	return sites, nil
}

// siteAt is the address a visitor uses, by the Host they ask for; false when passkeys cannot serve there. A proxy may drop the port.
func (r *Room) siteAt(host string) (keySite, bool) {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return r.siteOf(strings.ToLower(host))
}

func (r *Room) siteOf(domain string) (keySite, bool) {
	i := slices.IndexFunc(r.sites, func(s keySite) bool { return s.domain == domain })
	if i < 0 {
		return keySite{}, false
	}
	return r.sites[i], true
}

// keysElsewhere is the address at which passkeys serve, for who uses another; "" when there is none.
func (r *Room) keysElsewhere() string {
	if len(r.sites) == 0 {
		return ""
	}
	return r.sites[0].origin
}

func noSite() error {
	return fault.New(fault.Invalid, "Les clés d’accès ne servent pas à cette adresse.")
}

// keyOwner is a person as the protocol knows them: by their id only, with their keys of one domain.
type keyOwner struct {
	user User
	keys []passkeyRow
}

func (o keyOwner) WebAuthnID() []byte          { return []byte(o.user.ID) }
func (o keyOwner) WebAuthnName() string        { return o.user.Email }
func (o keyOwner) WebAuthnDisplayName() string { return o.user.Name }

func (o keyOwner) WebAuthnCredentials() []webauthn.Credential {
	list := make([]webauthn.Credential, 0, len(o.keys))
	for _, k := range o.keys {
		c := webauthn.Credential{ID: k.credential, PublicKey: k.publicKey}
		c.Authenticator.SignCount = uint32(k.counter)
		c.Flags.BackupEligible, c.Flags.BackupState = k.syncable, k.Synced
		for _, t := range splitList(k.transports) {
			c.Transport = append(c.Transport, protocol.AuthenticatorTransport(t))
		}
		list = append(list, c)
	}
	return list
}

// exclusions keep a device from making a second key where it has one.
func (o keyOwner) exclusions() []protocol.CredentialDescriptor {
	var list []protocol.CredentialDescriptor
	for _, c := range o.WebAuthnCredentials() {
		list = append(list, c.Descriptor())
	}
	return list
}
