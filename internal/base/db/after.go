package db

// AfterAct has every act that succeeds end with a function, in its own transaction: what follows acts, whatever they are, is written with
// them or not at all. It is set before the first act.
func (d *DB) AfterAct(fn func(tx *Tx) error) { d.after = fn }

// followed is an act with what every act ends with.
func (d *DB) followed(fn func(*Tx) error) func(*Tx) error {
	if d.after == nil {
		return fn
	}
	return func(tx *Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		if tx.failed != nil {
			return tx.failed
		}
		return d.after(tx)
	}
}
