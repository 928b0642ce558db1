package staff

import (
	"context"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
)

// NewUser is a person to be added. Without a password they choose one through a link.
type NewUser struct {
	Email, Name      string
	Password         Hash
	CreatesCompanies bool // may open companies of their own
}

// CreateUser adds a person. Their address must be new.
func CreateUser(tx *db.Tx, n NewUser) (User, error) {
	u := User{ID: id.New(), Email: CleanEmail(n.Email), Name: n.Name, CreatesCompanies: n.CreatesCompanies, CreatedAt: tx.Now(), PasswordAt: tx.Now()}
	if err := checkEmail(u.Email); err != nil {
		return u, err
	}
	if u.Name == "" {
		return u, fault.New(fault.Invalid, "Le nom manque.").Field("nom", "Écrivez le nom de la personne.")
	}
	added, err := insertUser(tx, u, n.Password.text)
	if err == nil && !added {
		err = fault.New(fault.Conflict, "Cette adresse a déjà un compte.").Field("email", "Cette adresse a déjà un compte\u00a0: connectez-vous avec elle.")
	}
	return u, err
}

// SetPassword gives a person a password and closes everything opened with the one before: sessions and links.
func SetPassword(tx *db.Tx, userID string, password Hash) error {
	u, err := mustUser(tx, userID)
	if err != nil {
		return err
	}
	if err := updatePassword(tx, userID, password.text); err != nil {
		return err
	}
	if err := deleteResets(tx, userID); err != nil {
		return err
	}
	if err := deleteCounter(tx, accountKey(u.Email)); err != nil {
		return err
	}
	return deleteSessions(tx, userID, "")
}

// Users lists everybody, by address.
func (r *Room) Users(ctx context.Context) (list []User, err error) {
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		list, err = allUsers(q)
		return err
	})
	return list, err
}

// UserByEmail finds a person.
func UserByEmail(q db.Querier, email string) (u User, known bool, err error) {
	row, known, err := userByEmail(q, CleanEmail(email))
	return row.User, known, err
}

// Disable closes an account at once: no session, no sign-in. Enable opens it again.
func Disable(tx *db.Tx, userID string) error {
	if _, err := mustUser(tx, userID); err != nil {
		return err
	}
	if err := updateState(tx, userID, "disabled"); err != nil {
		return err
	}
	if err := deleteResets(tx, userID); err != nil {
		return err
	}
	return deleteSessions(tx, userID, "")
}

// Enable opens a closed account again.
func Enable(tx *db.Tx, userID string) error {
	if _, err := mustUser(tx, userID); err != nil {
		return err
	}
	return updateState(tx, userID, "active")
}

// DropGenerator takes the code generator of somebody who lost it away, on the order of whoever runs the program.
func DropGenerator(tx *db.Tx, userID string) error {
	if _, err := mustUser(tx, userID); err != nil {
		return err
	}
	if err := updateGenerator(tx, userID, nil, 0, ""); err != nil {
		return err
	}
	return deleteSessions(tx, userID, "")
}

// Welcome opens the session of somebody whose account was made in the same act.
func (r *Room) Welcome(tx *db.Tx, userID, agent string) (Pass, error) {
	return r.open(tx, userID, agentWords(agent), "", stageOpen, false)
}

// ChangeName changes the name a person is shown under.
func (r *Room) ChangeName(ctx context.Context, userID, name string) error {
	return r.db.Write(ctx, "", func(tx *db.Tx) error { return updateName(tx, userID, name) })
}

// PasswordChange is a person who chooses another password while signed in.
type PasswordChange struct {
	SessionID, UserID string
	Current, New      string
	Client, Agent     string
	Token             string // secret of the present session, renewed
}

// ChangePassword asks for the present password, then closes every session and opens a new one here.
func (r *Room) ChangePassword(ctx context.Context, c PasswordChange) (Pass, error) {
	if _, err := r.confirm(ctx, c.SessionID, c.Current, c.Client); err != nil {
		return Pass{}, err
	}
	about, u, err := r.about(ctx, c.UserID)
	if err != nil {
		return Pass{}, err
	}
	hash, err := r.Hash(ctx, c.New, about...)
	if err != nil {
		return Pass{}, err
	}
	var pass Pass
	err = r.db.Write(ctx, "", func(tx *db.Tx) error {
		if err := SetPassword(tx, c.UserID, hash); err != nil {
			return err
		}
		if err := r.tellAccess(tx, u, noteChanged, "", c.Client); err != nil {
			return err
		}
		pass, err = r.open(tx, c.UserID, agentWords(c.Agent), c.Token, stageOpen, u.SecondFactor)
		return err
	})
	return pass, err
}

// about is what strangers may know of a person, and must not be their password.
func (r *Room) about(ctx context.Context, userID string) (words []string, u User, err error) {
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		row, err := mustUser(q, userID)
		if err != nil {
			return err
		}
		u, words = row.User, []string{row.Email, row.Name}
		files, err := filesOf(q, userID)
		for _, f := range files {
			words = append(words, f.Name, f.FirmName)
		}
		return err
	})
	return words, u, err
}

// Sweep forgets what can no longer be used: sessions and links that ended, old counters. To be called once in a while.
func (r *Room) Sweep(ctx context.Context) error {
	return r.db.Write(ctx, "", func(tx *db.Tx) error { return deleteExpired(tx, tx.Now(), r.rules.Idle) })
}
