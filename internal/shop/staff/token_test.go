package staff

import (
	"bytes"
	"encoding/base64"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"

	"github.com/go-webauthn/webauthn/protocol"
)

func TestASecretHas256BitsAndIsKeptAsItsDigestOnly(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		token, hash := newToken()
		secret, err := base64.RawURLEncoding.DecodeString(token)
		if err != nil || len(secret) != 32 || len(hash) != 32 || bytes.Equal(secret, hash) {
			t.Fatalf("the secret has %d bytes, its digest %d, %v", len(secret), len(hash), err)
		}
		if seen[token] || !bytes.Equal(hash, hashToken(token)) {
			t.Fatalf("%q is given twice, or is not found by its digest", token)
		}
		seen[token] = true
	}
}

func TestAChallengeHas256BitsAndIsAnotherEachTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u := newPerson(t, room, "marie")
		seen := map[string]bool{}
		for range 10 {
			made, err := room.AskPasskey(t.Context(), u.ID, "caisse.test", "192.0.2.1")
			if err != nil {
				t.Fatal(err)
			}
			for _, challenge := range []protocol.URLEncodedBase64{askEntry(t, room).Options.(protocol.PublicKeyCredentialRequestOptions).Challenge, made.Options.(protocol.PublicKeyCredentialCreationOptions).Challenge} {
				if len(challenge) < 32 || seen[string(challenge)] {
					t.Errorf("a challenge of %d bytes, or one given before", len(challenge))
				}
				seen[string(challenge)] = true
			}
		}
	})
}
