package staff

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"encaisse/internal/base/fault"
)

func TestAPasswordIsJudgedByItsLengthAndRarityOnly(t *testing.T) {
	about := []string{"marie.tournesac@exemple.fr", "Marie Tournesac", "Épicerie Kerlouan"}
	for password, taken := range map[string]bool{
		// taken, without any rule of composition
		"girouette planche vapeur":                     true,
		"zqkvbrmwtgho":                                 true,
		"correct cheval batterie agrafe pivoine":       true,
		"le vieux phoque repeint sa boussole":          true,
		"xK4-vq9T_wz2":                                 true,
		"éclipse d’ardoise sur marelle":                true,
		strings.Repeat("bruyère ondine calfeutre ", 5): true,
		// too short, too long
		"xK4vq9Twz2h":                          false,
		strings.Repeat("zqkvbrmwtghoxplnd", 8): false,
		// well known
		"motdepasse123":        false,
		"MotDePasse2026!":      false,
		"m0td3p@sse2026":       false,
		"password1234":         false,
		"azertyuiop12":         false,
		"azertyuiopqsdf":       false,
		"123456789012":         false,
		"012345678901":         false,
		"qwertyuiop123":        false,
		"aaaaaaaaaaaaaaaa":     false,
		"abcabcabcabcabc":      false,
		"jetaimemonamour":      false,
		"iloveyou2012!!":       false,
		"Administrateur1":      false,
		"Juillet2026!!":        false,
		"olympiquemarseille13": false,
		"nicolas14071985":      false,
		// what strangers know
		"encaisse2026!":      false,
		"encaisseencaisse":   false,
		"marietournesac1":    false,
		"tournesackerlouan":  false,
		"kerlouankerlouan29": false,
		"epiceriekerlouan!":  false,
	} {
		err := checkPassword(password, about...)
		if taken && err != nil {
			t.Errorf("%q is refused (%d tenths of bits): %v", password, strength(password, about), err)
		}
		if !taken && err == nil {
			t.Errorf("%q is taken (%d tenths of bits)", password, strength(password, about))
		}
		if err != nil {
			if found, ok := errors.AsType[*fault.Fault](err); !ok || found.Fields["mot-de-passe"] == "" {
				t.Errorf("%q is refused without a word beside the field: %v", password, err)
			}
		}
	}
}

func TestTheSameAccentTypedTwoWaysIsTheSamePassword(t *testing.T) {
	h, err := newHasher()
	if err != nil {
		t.Fatal(err)
	}
	hash, err := h.hash(context.Background(), "caf\u00e9 du rempart")
	if err != nil {
		t.Fatal(err)
	}
	if ok, _, err := h.matches(context.Background(), "cafe\u0301 du rempart", hash.text); err != nil || !ok {
		t.Errorf("matches: %v %v", ok, err)
	}
	if !strings.HasPrefix(hash.text, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the digest is %s", hash.text)
	}
}

func TestADigestMadeWithWeakerSettingsIsToBeMadeAgain(t *testing.T) {
	h, err := newHasher()
	if err != nil {
		t.Fatal(err)
	}
	weak := "$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$" // of no password
	if _, old, err := h.matches(context.Background(), goodPassword, weak+strings.Repeat("A", 43)); err != nil || !old {
		t.Errorf("old: %v %v", old, err)
	}
}

func TestACrowdThatSignsInWaitsItsTurn(t *testing.T) {
	h, err := newHasher()
	if err != nil {
		t.Fatal(err)
	}
	var crowd sync.WaitGroup
	for range 64 {
		crowd.Go(func() {
			if _, _, err := h.matches(context.Background(), goodPassword, ""); err != nil {
				t.Error(err)
			}
		})
	}
	crowd.Wait()
	if most := h.most.Load(); h.done.Load() != 64 || most > 4 || most < 1 {
		t.Errorf("%d digests, %d at once", h.done.Load(), most)
	}
	left, cancel := context.WithCancel(context.Background())
	for range cap(h.turns) {
		h.turns <- struct{}{}
	}
	cancel()
	_, err = h.hash(left, goodPassword)
	mustBe(t, err, fault.Unavailable)
}
