// Package dashboard is the room of the home page: the answer first (what was taken, against the year before and the budget), then what there
// is to do, then why: the month, what it was paid with, what it was made of, and what stands in the drawers. It posts nothing: it reads balances
// of the ledger, figures, and what the day sheets say is waiting. It also shows what is being sent out (letters), and starts again what failed.
//
// Each person puts the cards in their own order and hides those they do not need (table dashboard_card).
//
// A day is compared with the same weekday a year before, 364 days earlier; a day without sales on either side is left out of the
// comparison, so that a shop closed one more Monday did not lose a Monday.
package dashboard
