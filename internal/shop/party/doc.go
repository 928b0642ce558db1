// Package party is the register of third parties (tiers): customers and suppliers. What a customer owes is not kept here: it is
// the balance of the ledger’s account customer/<id>. A card is never deleted: it goes out of use, or its personal data are erased
// and its identifier stays in the books.
//
// Tables: party.
// Law: RGPD art. 17 (erasure) and art. 17-3-b (what the books must keep).
package party
