// Package pdf prints money reports: documents a merchant files, hands to an accountant, or shows to a tax inspector. The
// caller says what the document is (who issues it, for which period, made by whom, with which program) and gives blocks in
// order: tables, figures, proofs, signatures. This package does the rest: heads and feet of pages, page n / N,
// headers repeated, sums carried forward from page to page, outline and metadata.
//
// The same document gives the same bytes: the only date in it is GeneratedAt, nothing in it is drawn at random. It prints in
// grey without loss: colour is never the only sign.
//
// The letters are Inter’s (SIL Open Font License, fonts/OFL.txt), embedded, with tabular figures.
package pdf
