// Package receivable is the room of customer accounts (crédits clients): what each customer owes, since when, and what they pay on account
// outside of a day sheet.
//
// What a customer owes is the balance of customer/<party>, what nobody in particular owes that of customer/all; both are moved by the day
// sheets (credit granted and repaid) and by the payments of this room, each in its own entry:
//
//	repayment    box/…/method      ← customer/…        a customer pays, wholly or in advance
//	refund       customer/…        ← box/…/method      what a customer paid in advance is given back
//	overpayment  overpaid/<box>    ← box/…/method      what a till received too much and kept is given back
//
// A payment pays the oldest debt first: ageing is read from the lines of the account that way, and kept nowhere. A limit of credit is
// checked where credit is granted, by Allow. A sheet already closed on the day of a payment, or later, follows through a hook.
//
// Nothing is changed nor deleted: a payment is undone by the reversal of its entry. Tables: customer_payment, customer_payment_undo.
package receivable
