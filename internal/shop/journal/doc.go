// Package journal is the room of the reports on cash: the cash journal (journal de caisse) and the monthly summary (synthèse
// mensuelle). It posts nothing and keeps nothing: every amount is read in the ledger, so that the report and the books cannot
// disagree. Number of sales and of customers, which are no money, come from the day sheets.
//
// The journal tells, for each cash box and payment method, the balance before a period, every entry of the period in the order
// of business dates with the balance after it, and the balance at the end. An entry that was reversed stays, struck through,
// and so does its reversal: the balance follows. A back-dated entry says when it was recorded.
//
// Printed, the journal is a document for a tax inspector: who issues it, the period, page n of N, the sums carried forward from page
// to page, and the extract of the sealed chain (first and last entry of the document, their numbers and the extracts of their
// signatures), by which the paper is compared with the registers.
//
// The day of a report is the business date. The correction of a locked day bears the date it was made, in the report as in the books.
package journal
