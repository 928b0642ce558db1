// Package figures is the room of the figures: what was taken per day, month and year, against the year before and against the budget; the
// number of sales and the average basket; by nature and by method of payment; what was missing or over in the drawers.
//
// It posts nothing and keeps no total: turnover is read in the day totals of the ledger (sale/…, vat/…), natures in the balances of its
// accounts, numbers of sales in the closed day sheets. It keeps one thing that is in no book, the budget (table budget_month): an amount,
// VAT included, per month and per shop.
//
// A day is compared with the same weekday a year before, 364 days earlier, cash box by cash box; a day without sales on either side is left
// out of the comparison, so that a shop closed one more Monday did not lose a Monday. What cannot be compared is said in words, never as 0 %.
//
// The budget of a month is spread over the open days of the shop’s calendar in proportion to what the shop took on each weekday in the
// thirteen weeks before that month; the parts add up to the month exactly.
package figures
