// Package seal is the proof that nothing was changed afterwards: registers, their chains of signed records, and the journal of events.
package seal
