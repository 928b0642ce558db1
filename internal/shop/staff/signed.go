package staff

import "encaisse/internal/base/db"

// Signed is somebody the books of a company speak of, without what they sign in with.
type Signed struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Email string `json:"email"`
}

// Signing are the people of the company of the handle, those of its accounting firm too.
func Signing(q db.Querier) ([]Signed, error) { return signing(q) }

// Remember makes people of another install known in the company of the transaction, so that its books go on naming them: readers whose
// account is disabled until somebody enables it. Somebody who is here already is left as they are; an address that is taken is not used.
// The owner is not made a reader.
func Remember(tx *db.Tx, people []Signed, owner string) error {
	for _, s := range people {
		if s.ID == owner {
			continue
		}
		if _, here, err := userByID(tx, s.ID); err != nil {
			return err
		} else if !here {
			if _, taken, err := userByEmail(tx, s.Email); err != nil {
				return err
			} else if taken {
				s.Email = s.ID + "@ailleurs.invalid"
			}
			if _, err := insertUser(tx, User{ID: s.ID, Name: s.Name, Email: s.Email}, ""); err != nil {
				return err
			}
			if err := updateState(tx, s.ID, "disabled"); err != nil {
				return err
			}
		}
		if _, err := insertMembership(tx, tx.Company(), Membership{UserID: s.ID, RoleID: Reader}); err != nil {
			return err
		}
	}
	return nil
}
