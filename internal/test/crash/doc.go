// Package crash proves that what was acknowledged is kept, whole and once, whatever stops the program: a kill at any instant, a power
// cut, a full disk, a migration or a closing cut short, an answer lost, a clock that jumps, a client that dawdles.
//
// Two kinds of victims. The first is this test binary run again with a role in its environment (see roles): it acts as the pages do, each
// act under the key of whoever stated it, and prints "ok KEY" once Write has returned. The test kills it, starts it again, sends again what
// was not acknowledged, and in the end walks every invariant: each key acknowledged counts exactly once. The second is the real program,
// spoken to through HTTP (see shop).
//
// With CI set, the numbers of the reliability list are run (1,000 kills, 300 cuts, 20,000 deliveries); otherwise a tenth. ENCAISSE_CRASH_TIMES runs
// them so many times over: the 100,000 deliveries of a release are
//
//	ENCAISSE_CRASH_TIMES=5 go test -timeout 2h -run TestAMovementSentSeveralTimes ./internal/test/crash
package crash
