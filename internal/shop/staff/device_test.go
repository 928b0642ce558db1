package staff

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"slices"
	"testing"

	"github.com/go-webauthn/webauthn/protocol"
)

// The flags of what a device signs.
const (
	ownerPresent  = 0x01
	ownerVerified = 0x04
	keyIncluded   = 0x40
)

// device makes one passkey and signs with it, as a telephone would. Its fields may be changed to lie.
type device struct {
	key            *ecdsa.PrivateKey
	id, handle     []byte
	counter        uint32
	counts         bool // many devices leave the counter at 0
	flags          byte
	origin, domain string
}

func newDevice(t testing.TB) *device {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	d := &device{key: key, id: make([]byte, 16), flags: ownerPresent | ownerVerified, origin: "https://caisse.test", domain: "caisse.test"}
	rand.Read(d.id)
	return d
}

func coded(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// said is what the browser around the device says of the request.
func (d *device) said(verb string, challenge []byte) []byte {
	text, err := json.Marshal(map[string]any{"type": "webauthn." + verb, "challenge": coded(challenge), "origin": d.origin, "crossOrigin": false})
	if err != nil {
		panic(err)
	}
	return text
}

func (d *device) data(flags byte) []byte {
	if d.counts {
		d.counter++
	}
	domain := sha256.Sum256([]byte(d.domain))
	return binary.BigEndian.AppendUint32(append(domain[:], d.flags|flags), d.counter)
}

// make answers the request for a new key, in CBOR where the protocol wants it.
func (d *device) make(t testing.TB, c Challenge) string {
	t.Helper()
	asked := c.Options.(protocol.PublicKeyCredentialCreationOptions)
	d.handle = asked.User.ID.(protocol.URLEncodedBase64)
	point, err := d.key.PublicKey.Bytes() // 4, x, y
	if err != nil {
		t.Fatal(err)
	}
	public := slices.Concat([]byte{0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32}, point[1:33], []byte{0x22, 0x58, 32}, point[33:])
	data := slices.Concat(d.data(keyIncluded), make([]byte, 16), []byte{0, byte(len(d.id))}, d.id, public)
	object := slices.Concat([]byte{0xa3, 0x63}, []byte("fmt"), []byte{0x64}, []byte("none"), []byte{0x67}, []byte("attStmt"), []byte{0xa0, 0x68}, []byte("authData"), []byte{0x58, byte(len(data))}, data)
	return d.answer(t, map[string]any{"clientDataJSON": coded(d.said("create", asked.Challenge)), "attestationObject": coded(object), "transports": []string{"internal", "hybrid"}})
}

// sign answers the request to sign in.
func (d *device) sign(t testing.TB, c Challenge) string {
	t.Helper()
	said, data := d.said("get", c.Options.(protocol.PublicKeyCredentialRequestOptions).Challenge), d.data(0)
	digest := sha256.Sum256(said)
	signed := sha256.Sum256(slices.Concat(data, digest[:]))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, signed[:])
	if err != nil {
		t.Fatal(err)
	}
	return d.answer(t, map[string]any{"clientDataJSON": coded(said), "authenticatorData": coded(data), "signature": coded(signature), "userHandle": coded(d.handle)})
}

func (d *device) answer(t testing.TB, response map[string]any) string {
	t.Helper()
	text, err := json.Marshal(map[string]any{"id": coded(d.id), "rawId": coded(d.id), "type": "public-key", "clientExtensionResults": map[string]any{}, "response": response})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// addPasskey gives a person a passkey.
func addPasskey(t testing.TB, r *Room, u User) (*device, Passkey) {
	t.Helper()
	d := newDevice(t)
	asked, err := r.AskPasskey(t.Context(), u.ID, "caisse.test", "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	key, err := r.AddPasskey(t.Context(), NewPasskey{UserID: u.ID, Name: "Téléphone", Token: asked.Token, Answer: d.make(t, asked), Client: "192.0.2.1"})
	if err != nil {
		t.Fatal(err)
	}
	return d, key
}

// askEntry asks a browser for a passkey.
func askEntry(t testing.TB, r *Room) Challenge {
	t.Helper()
	asked, err := r.AskEntry(t.Context(), "caisse.test:443", "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	return asked
}

// enter tries to sign in with a device.
func enter(t testing.TB, r *Room, d *device) (Pass, error) {
	t.Helper()
	asked := askEntry(t, r)
	return r.SignInWithPasskey(t.Context(), KeyAttempt{Token: asked.Token, Answer: d.sign(t, asked), Client: "192.0.2.1", Agent: "Mozilla/5.0 (iPhone) Safari/604.1"})
}
