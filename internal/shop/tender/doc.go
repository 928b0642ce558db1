// Package tender is the register of the ways customers pay (moyens de paiement), in the order of the shop’s own ticket Z. A method
// that was used is never deleted: it goes out of use. It posts nothing.
//
// Tables: tender_method.
package tender
