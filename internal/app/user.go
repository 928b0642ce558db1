package app

import (
	"context"
	"fmt"
	"text/tabwriter"

	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
	"encaisse/internal/shop/staff"
)

// User is the commands on people who sign in, for whoever runs the machine: what the pages cannot do when nobody can sign in.
type User struct {
	List       UserList       `cmd:"" help:"List the people who sign in."`
	Create     UserCreate     `cmd:"" help:"Add a person, and make the link with which they choose their password."`
	Password   UserPassword   `cmd:"" help:"Make a link, valid for an hour, with which a person chooses a new password."`
	Sessions   UserSessions   `cmd:"" help:"Close every open session of a person."`
	Disable    UserDisable    `cmd:"" help:"Keep a person out, and close their sessions."`
	Enable     UserEnable     `cmd:"" help:"Let a person in again."`
	DropSecond UserDropSecond `cmd:"" name:"drop-second-factor" help:"Take away the code generator of a person who lost it."`
	DropKeys   UserDropKeys   `cmd:"" name:"drop-passkeys" help:"Take away every passkey of a person who lost the device that held them, and close their sessions."`
}

// UserList lists people.
type UserList struct{}

// Run implements the command.
func (UserList) Run(ctx context.Context, p *Program) error {
	return p.withStaff(ctx, func(d *db.DB, room *staff.Room) error {
		users, err := room.Users(ctx)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "E-MAIL\tNAME\tSECOND FACTOR\tPASSKEYS\tSTATE\tSINCE")
		for _, u := range users {
			second, state := "no", "active"
			if u.SecondFactor {
				second = "yes"
			}
			if u.Disabled {
				state = "disabled"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%s\n", u.Email, u.Name, second, u.Passkeys, state, u.CreatedAt.Format("2006-01-02"))
		}
		return w.Flush()
	})
}

// UserCreate adds a person.
type UserCreate struct {
	Email     string `arg:"" help:"E-mail address of the person."`
	Name      string `arg:"" help:"Name shown to others."`
	Companies bool   `help:"May open companies."`
}

// Run implements the command.
func (c UserCreate) Run(ctx context.Context, p *Program) error {
	return p.withStaff(ctx, func(d *db.DB, _ *staff.Room) error {
		var path string
		err := d.Write(ctx, "", func(tx *db.Tx) error {
			if _, err := staff.CreateUser(tx, staff.NewUser{Email: c.Email, Name: c.Name, CreatesCompanies: c.Companies}); err != nil {
				return err
			}
			var err error
			path, err = staff.ResetLink(tx, c.Email)
			return err
		})
		if err == nil {
			fmt.Fprintln(p.out, "Open this address within an hour, after the address of the program, to choose a password:", path)
		}
		return err
	})
}

// UserPassword makes a link for a new password.
type UserPassword struct {
	Email string `arg:"" help:"E-mail address of the person."`
}

// Run implements the command.
func (c UserPassword) Run(ctx context.Context, p *Program) error {
	return p.withStaff(ctx, func(d *db.DB, _ *staff.Room) error {
		var path string
		err := d.Write(ctx, "", func(tx *db.Tx) (err error) {
			path, err = staff.ResetLink(tx, c.Email)
			return err
		})
		if err == nil {
			fmt.Fprintln(p.out, "Open this address within an hour, after the address of the program:", path)
		}
		return err
	})
}

// onUser finds a person by e-mail and runs an act on them.
func (p *Program) onUser(ctx context.Context, email string, act func(room *staff.Room, tx *db.Tx, u staff.User) error) error {
	return p.withStaff(ctx, func(d *db.DB, room *staff.Room) error {
		return d.Write(ctx, "", func(tx *db.Tx) error {
			u, known, err := staff.UserByEmail(tx, staff.CleanEmail(email))
			if err != nil {
				return err
			}
			if !known {
				return fmt.Errorf("nobody signs in with %s", email)
			}
			return act(room, tx, u)
		})
	})
}

// UserSessions closes sessions.
type UserSessions struct {
	Email string `arg:"" help:"E-mail address of the person."`
}

// Run implements the command.
func (c UserSessions) Run(ctx context.Context, p *Program) error {
	return p.withStaff(ctx, func(d *db.DB, room *staff.Room) error {
		var u staff.User
		err := d.Read(ctx, "", func(q *db.Snapshot) error {
			var known bool
			var err error
			if u, known, err = staff.UserByEmail(q, staff.CleanEmail(c.Email)); err == nil && !known {
				err = fmt.Errorf("nobody signs in with %s", c.Email)
			}
			return err
		})
		if err != nil {
			return err
		}
		sessions, err := room.Sessions(ctx, u.ID)
		if err != nil {
			return err
		}
		if err := room.CloseSessions(ctx, u.ID, ""); err != nil {
			return err
		}
		_, err = fmt.Fprintln(p.out, "Closed:", locale.Int(int64(len(sessions))))
		return err
	})
}

// UserDisable keeps a person out.
type UserDisable struct {
	Email string `arg:"" help:"E-mail address of the person."`
}

// Run implements the command.
func (c UserDisable) Run(ctx context.Context, p *Program) error {
	return p.onUser(ctx, c.Email, func(_ *staff.Room, tx *db.Tx, u staff.User) error { return staff.Disable(tx, u.ID) })
}

// UserEnable lets a person in again.
type UserEnable struct {
	Email string `arg:"" help:"E-mail address of the person."`
}

// Run implements the command.
func (c UserEnable) Run(ctx context.Context, p *Program) error {
	return p.onUser(ctx, c.Email, func(_ *staff.Room, tx *db.Tx, u staff.User) error { return staff.Enable(tx, u.ID) })
}

// UserDropSecond takes away a code generator.
type UserDropSecond struct {
	Email string `arg:"" help:"E-mail address of the person."`
}

// Run implements the command.
func (c UserDropSecond) Run(ctx context.Context, p *Program) error {
	return p.onUser(ctx, c.Email, func(_ *staff.Room, tx *db.Tx, u staff.User) error { return staff.DropGenerator(tx, u.ID) })
}

// UserDropKeys takes away passkeys.
type UserDropKeys struct {
	Email string `arg:"" help:"E-mail address of the person."`
}

// Run implements the command.
func (c UserDropKeys) Run(ctx context.Context, p *Program) error {
	return p.onUser(ctx, c.Email, func(_ *staff.Room, tx *db.Tx, u staff.User) error { return staff.DropPasskeys(tx, u.ID) })
}

// withStaff opens the store and the room of people for a command.
func (p *Program) withStaff(ctx context.Context, fn func(d *db.DB, room *staff.Room) error) error {
	d, err := p.openExisting(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	room, err := staff.New(staff.Config{DB: d})
	if err != nil {
		return err
	}
	return fn(d, room)
}
