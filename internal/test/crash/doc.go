// Package crash proves that what was acknowledged is kept, whole and once, whatever stops the program: a kill at any instant, a power
// cut, a full disk, a migration cut short, an answer lost.
//
// The victim is this test binary run again with a role in its environment (see roles). It posts sealed entries as the pages do,
// each under the key of whoever stated it, and prints "ok KEY" once Write has returned. The test kills it, starts it again, sends again
// what was not acknowledged, and in the end walks every invariant: each key acknowledged counts exactly once.
//
// With CI set, the numbers of the reliability list are run (1,000 kills, 300 cuts); otherwise a tenth.
package crash
