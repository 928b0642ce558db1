// Package accounting is the room where the books leave for the accountant (exports comptables). It posts nothing: every amount is read in
// the ledger.
//
// Two things leave. The file of accounting entries (FEC) of a financial year is what the tax office asks for: each entry of the ledger as it
// was posted, in the order it became final, reversals included, after the balances the year opens with. A period for an accounting program is
// one entry a day and a cash box, in the layout that program imports: what was undone the same day is left out of it, and each account stands
// once on each side. Virtual boxes are in neither.
//
// Accounts carry the codes of the company’s chart, brought to at least three figures; each cash box may have its own journal. Before a period
// leaves it is controlled: every day entered, every entry balanced, every account known. Then its days are locked, and the file is kept as it
// was given: the same period asked again gives the same bytes.
//
// Layouts follow what is public of them, as the accounting programs of others write them: Dolibarr, accountancyexport.class.php, for XIMPORT
// (Ciel, Sage 50), QuadraCompta, Cegid, EBP and ACD’s i-Suite Expert; Sage’s own example of import, developer.sage.com/100, for Sage 100.
//
// Tables: accounting_settings, accounting_journal, accounting_export.
package accounting
