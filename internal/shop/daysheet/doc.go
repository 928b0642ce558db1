// Package daysheet is the room of the day’s cash sheet (journée de caisse): one cash box, one business date.
//
// A sheet says what was sold by category S, gift vouchers sold G, customer credit repaid C⁻, the overpayment O (signed) and what was
// taken by payment method P, in which vouchers used and credit granted are methods like others. It balances when
//
//	S + G + C⁻ + O = Σ P
//
// and otherwise has a breakdown difference (différence de ventilation). For each method kept in the box
//
//	expected   = balance of its account at the end of the day + P      (paid-in, paid-out, expenses, deposits, transfers are posted when they happen)
//	over-short = counted − expected
//
// Typing makes a draft, which is nobody’s truth and may hold anything. Closing computes the sheet again from what was typed, refuses
// what must not be, then posts one entry, seals the sheet and closes the day:
//
//	box/<box>/<method>        debit  P            (411 for credit granted, 4197 for vouchers used)
//	sale/<box>/<category>     credit net of S     vat/<box>/<rate>   credit tax of S, computed once per rate
//	voucher/gift              credit G            customer/…         credit C⁻
//	overpaid, underpaid/<box> O                   breakdown/<box>    the breakdown difference
//	over, short/<box>         the over-short, so that the ledger equals the drawer again
//	transit/bank              debit what is taken out for the bank at closing
//
// A closed sheet is never changed: a correction is a new version whose entry corrects the one before, which is reversed. While the
// day is only closed both bear its date; once it is locked they bear today’s. Tables: daysheet_draft, daysheet.
package daysheet
