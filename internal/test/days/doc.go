// Package days runs day files: plain French text that tells what happens in a shop and what its sheets, ledger and balances must then be.
//
//	boutique épicerie
//	jour 2026-11-20
//	09:00 apport 150,00 Espèces « fonds de caisse »
//	14:10 dépense 12,40 Espèces « La Poste, timbres » frais-postaux TVA 20
//	19:00 vente Épicerie 612,40
//	19:02 règlement Espèces 612,40
//	19:10 compté Espèces 750,00
//	19:12 clôture
//	attendu CA 612,40 ; attendu écart 0,00
//
// A shopkeeper can read and write them: testdata/LISEZMOI.md tells the words. Every line goes through the doors the pages use, with the
// clock turned to the hour it says, on both databases; what is typed is kept as a draft at each line, as the page does. Each file ends
// with the proof that the whole ledger and every seal hold. An error names the file and the line.
//
// A file is first parsed as a whole (parse*.go), into steps; then each step acts on a shop of its own (act*.go) or checks it (expect*.go).
package days
