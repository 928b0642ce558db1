package assistant

import (
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/staff"
)

// Founder is the first person of a program and their company.
type Founder struct {
	Name, Email string
	Password    staff.Hash
	CompanyName string
}

// Install makes the first administrator and their company, in the transaction of the company to be, and takes the link that allowed it.
// It gives the person and the company.
func Install(tx *db.Tx, token string, f Founder) (staff.User, company.Ref, error) {
	if err := staff.UseSetup(tx, token); err != nil {
		return staff.User{}, company.Ref{}, err
	}
	user, err := staff.CreateUser(tx, staff.NewUser{Email: f.Email, Name: f.Name, Password: f.Password, CreatesCompanies: true})
	if err != nil {
		return user, company.Ref{}, err
	}
	ref, err := Found(tx, user.ID, f.CompanyName, "")
	return user, ref, err
}

// Found makes a company administered by a person; firm is the accounting firm it is given to, or empty.
func Found(tx *db.Tx, userID, name, firm string) (company.Ref, error) {
	may, err := staff.MayCreateCompany(tx, userID)
	if err != nil {
		return company.Ref{}, err
	}
	if !may {
		return company.Ref{}, fault.New(fault.Forbidden, "Votre compte ne permet pas d’ouvrir une société. Demandez-le à la personne qui administre le programme.")
	}
	ref, err := company.Create(tx, name)
	if err != nil {
		return ref, err
	}
	if err := staff.Join(tx, ref.ID, userID, staff.Administrator, nil); err != nil {
		return ref, err
	}
	if firm != "" {
		err = staff.GiveToFirm(tx, firm, userID)
	}
	return ref, err
}
