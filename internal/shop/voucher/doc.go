// Package voucher is the room of gift vouchers (bons cadeaux) followed one by one, by their number.
//
// What is left on a voucher is the balance of its own account, voucher/id/<id>, which the ledger keeps above zero: it is never spent twice,
// however many tills use it at once. Vouchers sold and used as one amount on a day sheet stay on voucher/gift. A voucher sold or used by
// number waits on an account of its till, the desk, until the sheet of the day counts it:
//
//	issue   (multi-purpose)    voucher/desk/<box>/sold ← voucher/id/<id>     the sheet then posts the money ← …/sold
//	use     (multi-purpose)    voucher/id/<id>         ← voucher/desk/<box>/used     the sheet then posts …/used ← the sale
//	issue   (single-purpose)   voucher/single          ← voucher/id/<id>     the sheet has it among its sales, with VAT
//	use     (single-purpose)   voucher/id/<id>         ← voucher/single      no sale any more
//	expiry                     voucher/id/<id>         ← expired/gift, or voucher/single
//	refund                     voucher/id/<id>         ← box/…/method
//
// Where the sheet of the day is closed already, it counted the voucher as one amount: voucher/gift takes the place of the desk. All the accounts
// voucher/… together are what is owed to holders, account 4197 of the chart.
//
// A multi-purpose voucher bears no VAT when it is sold, a single-purpose one does (directive 2016/1065, CGI art. 256 ter). Nothing is changed
// nor deleted. Tables: voucher, voucher_event.
package voucher
