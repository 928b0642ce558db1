// Package seal is the proof that nothing was changed afterwards (LAW-ISCA-S-1). A register belongs to one till, or to a company's back
// office, and holds one chain for each kind of record. A record numbers, stamps, signs and chains one act, in the very transaction of the
// act: what is on screen as done is sealed, and an act that failed left nothing.
//
// # The signed text
//
// A signature is ECDSA on P-256 over the SHA-256 of this text, r and s in 32 bytes each, base64url without padding. The text is, joined
// by commas:
//
//	format version (1)
//	identifier of the company
//	identifier of the key: base64url of the SHA-256 of its public part (X.509 SubjectPublicKeyInfo, DER)
//	identifier of the register
//	name of the chain
//	kind of the act
//	identifier of the act
//	the fields of the record, each as given, as many as there are
//	number of the record in its chain, from 1
//	instant in UTC: YYYYMMDDHHMMSS and six digits of microseconds
//	business day: YYYY-MM-DD, or nothing
//	SHA-256 of the content, the canonical bytes of the whole act, in lower-case hexadecimal
//	first of the chain: Y or N
//	signature of the record before in the chain, or nothing for the first
//
// Within a part, the backslash is written \\, the comma \, (with a backslash before it), the line feed \n and the carriage return \r:
// seven parts stand before the fields and six after them, so no two records have the same text.
//
// A closing (day, period, archive, validated day sheet) repeats the heads of every chain of its register, after its own fields: a field
// head:CHAIN:NUMBER:SIGNATURE for each chain in the order of their names, then heads:COUNT. A tail cut off another chain shows there.
//
// # Time
//
// Number and chain say the order, never the time. The instant of a record is that of the transaction, or that of the record before in
// the register when the clock went back; a jump back of more than two seconds is an event of its own, once.
//
// # Keys
//
// Each register has its own keys; the private part is locked in the vault (decision 0003). The first record of a register is the event
// that names its first key; a new key is named by an event that the key before signs. Public keys are kept for ever.
//
// # Personal data
//
// Fields and labels of events hold no personal data: identifiers and amounts only. A content may, for only its digest is kept.
package seal
