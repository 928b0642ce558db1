package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
	"encaisse/internal/books/fec"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/accounting"
	"encaisse/internal/shop/company"
)

// Export writes what others ask for.
type Export struct {
	FEC     ExportFEC     `cmd:"" name:"fec" help:"Write the file of accounting entries (FEC) of a financial year."`
	Company ExportCompany `cmd:"" name:"company" help:"Write one company whole to a file, ledger and seals intact, to bring it into another install."`
}

// ExportFEC writes the file of accounting entries of a year of a company.
type ExportFEC struct {
	Company string `help:"The company: its SIREN, its name in addresses, its name or its id. May be left out when there is one." placeholder:"C"`
	Year    string `help:"The year the financial year closes in. May be left out when there is one." placeholder:"Y"`
	To      string `default:"." type:"path" help:"Folder to write the file to; its name follows the rule of the law." placeholder:"DIR"`
}

// Run implements the command.
func (e ExportFEC) Run(ctx context.Context, p *Program) error {
	d, err := p.openExisting(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	companyID, err := e.company(ctx, d)
	if err != nil {
		return err
	}
	return d.Read(ctx, companyID, func(q *db.Snapshot) error {
		year, err := e.year(q)
		if err != nil {
			return err
		}
		name, err := accounting.FECName(q, year)
		if err != nil {
			return err
		}
		return e.write(q, p.out, year, filepath.Join(e.To, name))
	})
}

// write writes the file beside its place, then puts it there: a file that has its name is whole.
func (e ExportFEC) write(q db.Querier, out io.Writer, year period.Year, path string) error {
	if err := os.MkdirAll(e.To, 0o755); err != nil {
		return err
	}
	file, err := os.CreateTemp(e.To, ".fec-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	totals, err := accounting.WriteFEC(q, file, year)
	if err == nil {
		err = errors.Join(file.Chmod(0o644), file.Sync(), file.Close())
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s\n%s entries, %s lines, debit %s, credit %s\n", path, locale.Int(int64(totals.Entries)), locale.Int(int64(totals.Lines)), locale.Euro(totals.Debit), locale.Euro(totals.Credit))
	return err
}

// company finds the company asked for, or the only one.
func (e ExportFEC) company(ctx context.Context, d *db.DB) (string, error) {
	ids, err := companies(ctx, d)
	if err != nil {
		return "", err
	}
	var found, names []string
	for _, id := range ids {
		var entry company.Entry
		var siren string
		err := d.Read(ctx, id, func(q *db.Snapshot) (err error) {
			if entry, _, err = company.EntryByID(q, id); err != nil {
				return err
			}
			settings, err := company.Load(q)
			siren = settings.SIREN
			return err
		})
		if err != nil {
			return "", err
		}
		names = append(names, entry.Slug)
		if e.Company == "" || e.Company == id || e.Company == entry.Slug || e.Company == siren || strings.EqualFold(e.Company, entry.Name) {
			found = append(found, id)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) == 0:
		return "", fmt.Errorf("no company is called %q; there are: %s", e.Company, strings.Join(names, ", "))
	}
	return "", fmt.Errorf("several companies; choose one with --company: %s", strings.Join(names, ", "))
}

// year finds the financial year asked for, or the only one.
func (e ExportFEC) year(q db.Querier) (period.Year, error) {
	years, err := accounting.Years(q)
	if err != nil {
		return period.Year{}, err
	}
	var names []string
	for _, y := range years {
		if accounting.YearOf(y) == e.Year || e.Year == "" && len(years) == 1 {
			return y, nil
		}
		names = append(names, accounting.YearOf(y))
	}
	switch {
	case len(years) == 0:
		return period.Year{}, errors.New("the company has no entry yet")
	case e.Year == "":
		return period.Year{}, fmt.Errorf("several financial years; choose one with --year: %s", strings.Join(names, ", "))
	}
	return period.Year{}, fmt.Errorf("no entry in a financial year that closes in %s; there are: %s", e.Year, strings.Join(names, ", "))
}

// Check looks at a file of another program, or of this one.
type Check struct {
	FEC CheckFEC `cmd:"" name:"fec" help:"Check a file of accounting entries (FEC) against every rule; print each fault with its line and exit with 1."`
}

// CheckFEC checks a file of accounting entries.
type CheckFEC struct {
	File string `arg:"" type:"path" help:"The file, by the name the law gives it: 123456782FEC20261231.txt."`
}

// Run implements the command.
func (c CheckFEC) Run(p *Program) error {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	report, err := fec.Check(c.File, file, func(f fec.Fault) { fmt.Fprintln(p.out, f) })
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s lines, %s entries, debit %s, credit %s\n", locale.Int(int64(report.Lines)), locale.Int(int64(report.Entries)), locale.Euro(report.Debit), locale.Euro(report.Credit))
	if report.Faults > 0 {
		return fmt.Errorf("%s faults in %s", locale.Int(int64(report.Faults)), filepath.Base(c.File))
	}
	fmt.Fprintln(p.out, "No fault.")
	return nil
}
