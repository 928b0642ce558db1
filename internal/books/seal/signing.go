package seal

import "crypto/ecdsa"

// signing is a record on its way: its signature needs that of the record before, and nobody waits for it until somebody reads it.
type signing struct {
	stored Stored
	err    error
	done   chan struct{} // closed when stored.Signature or err is there
}

// sign signs a record after the one before it in its chain.
func (r *signing) sign(company string, private *ecdsa.PrivateKey, before link) {
	defer close(r.done)
	previous, err := before.signed()
	if err == nil {
		r.stored.Signature, err = sign(private, signedText(company, r.stored, previous))
	}
	r.err = err
}

// link is the last record of a chain, whose signature may still be on its way.
type link struct {
	Head
	by *signing // nil when the signature is in Head
}

// signed waits for the signature.
func (l link) signed() (string, error) {
	if l.by == nil {
		return l.Signature, nil
	}
	<-l.by.done
	return l.by.stored.Signature, l.by.err
}
