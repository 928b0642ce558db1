// Package vatprep is the room of the preparation of the VAT return (état préparatoire de TVA): what passed through the cash boxes in a month or
// a quarter, base and tax by rate, on the lines of the form 3310-CA3 where it belongs, and the VAT to deduct on expenses.
//
// It posts nothing and keeps nothing. Each amount is the sum of lines of the ledger, which the page lists one by one; a control compares it with
// the balances the ledger keeps of the same accounts, and must say 0. The rate of a base is that of the day sheet whose entry posted it, so that
// a category whose rate changed is declared at the rate of its time. A correction of a locked day counts on the day it was made.
//
// The lines of the form are data with the days they hold. The form wants whole euros: each line is rounded, and its totals add up the rounded
// lines, as the form does.
package vatprep
