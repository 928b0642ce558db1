// Package dashboard is the room of the home page: what there is to do first, then what was taken, compared with the year before, and
// what stands in the drawers. It posts nothing and keeps nothing: it reads balances and day totals of the ledger, and what the day
// sheets say is waiting. It also shows what is being sent out (letters), and starts again what failed.
//
// A day is compared with the same weekday a year before, 364 days earlier; a day without sales on either side is left out of the
// comparison, so that a shop closed one more Monday did not lose a Monday.
package dashboard
