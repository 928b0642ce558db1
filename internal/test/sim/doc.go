// Package sim lets a shop live days drawn from a seed, with all that goes wrong in one: movements back-dated, sheets entered out of order,
// drafts lost, vouchers spent in parts, cheques that come back, files brought in and undone, requests sent twice at once or sent again because
// the answer was lost, keys used twice, days corrected before and after they are locked, acts that must be refused, and a clock that jumps.
// Beside the program stands an auditor (auditor.go), who knows nothing of entries, versions or SQL: it says of each act whether it must be
// accepted, and what drawers, sheets, vouchers, the bank and totals must then come to.
//
// A failure prints its seed. ENCAISSE_SIM_SEEDS runs more of them, ENCAISSE_SIM_FIRST begins at another:
//
//	ENCAISSE_SIM_FIRST=1234 ENCAISSE_SIM_SEEDS=1 go test ./internal/test/sim
package sim
