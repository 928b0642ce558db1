package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"encaisse/internal/base/db"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/staff"
	"encaisse/schema"
)

// ExportCompany writes one company whole to a file.
type ExportCompany struct {
	Company string `help:"The company: its SIREN, its name in addresses, its name or its id. May be left out when there is one." placeholder:"C"`
	File    string `arg:"" type:"path" help:"File to write; it must not exist. It holds the signing keys: keep it as safe as the data."`
}

// Run implements the command. The file is that of one instant: everything the company has, its signing keys locked with a key of the file’s
// own, what was seen of its chains, and the names of the people its books speak of, without what they sign in with.
func (e ExportCompany) Run(ctx context.Context, p *Program) error {
	if exists(e.File) {
		return fmt.Errorf("%s exists already; give another name", e.File)
	}
	d, key, err := p.openWithKey(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	companyID, err := ExportFEC{Company: e.Company}.company(ctx, d)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp(filepath.Dir(e.File), ".encaisse-company-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	files, whole := filepath.Join(work, "files"), filepath.Join(work, "whole")
	if err := os.Mkdir(files, 0o700); err != nil {
		return err
	}
	if err := p.companyInto(ctx, d, key, companyID, files); err != nil {
		return err
	}
	current, _, err := d.Versions(ctx, schema.Files)
	if err != nil {
		return err
	}
	size, err := pack(whole, files, manifest{Format: backupFormat, Software: "encaisse " + version, MadeAt: d.Now(), Schema: current, Company: companyID})
	if err != nil {
		return err
	}
	if err := publish(whole, e.File); err != nil {
		return fmt.Errorf("%s cannot be written: %w", e.File, err)
	}
	_, err = fmt.Fprintf(p.out, "Written: %s (%d bytes). Keep it as safe as the data: it holds the signing keys of the company.\n", e.File, size)
	return err
}

// companyInto puts in a folder what the file of a company holds.
func (p *Program) companyInto(ctx context.Context, d *db.DB, key seal.MasterKey, companyID, folder string) error {
	own, err := seal.ReadOrMakeMasterKey(filepath.Join(folder, keyFile))
	if err != nil {
		return err
	}
	heads, err := seal.NewWitness(p.witnessPath()).Heads(companyID) // before the books are read: it never says more than they do
	if err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(folder, headsFolder), 0o700); err != nil {
		return err
	}
	if err := seal.NewWitness(filepath.Join(folder, headsFolder)).Replace(companyID, heads); err != nil {
		return err
	}
	out, err := os.OpenFile(filepath.Join(folder, tablesFile), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	w := bufio.NewWriterSize(out, 1<<20)
	err = d.Read(ctx, companyID, func(q *db.Snapshot) error {
		if err := writePeople(q, filepath.Join(folder, peopleFile)); err != nil {
			return err
		}
		return dumpOf(q, w, relocked(companyID, key, own))
	})
	return errors.Join(err, w.Flush(), out.Sync())
}

// relocked locks the signing keys under another vault, and leaves everything else as it is.
func relocked(companyID string, from, to seal.Vault) rowChange {
	return func(table string, columns []string, row []any) error {
		if table != "seal_key" {
			return nil
		}
		of := func(column string) any { return row[slices.Index(columns, column)] }
		private, err := seal.Relock(from, to, companyID, fmt.Sprint(of("register")), fmt.Sprint(of("id")), of("private_key").([]byte))
		row[slices.Index(columns, "private_key")] = private
		return err
	}
}

// card is what goes with a company beside its own tables.
type card struct {
	Name   string         `json:"name"`
	People []staff.Signed `json:"people"`
}

func writePeople(q db.Querier, path string) error {
	entry, _, err := company.EntryByID(q, q.Company())
	if err != nil {
		return err
	}
	people, err := staff.Signing(q)
	if err != nil {
		return err
	}
	text, err := json.Marshal(card{entry.Name, people})
	if err == nil {
		err = os.WriteFile(path, text, 0o600)
	}
	return err
}

// Import brings in what export wrote.
type Import struct {
	Company ImportCompany `cmd:"" name:"company" help:"Bring in a company written by export company, ledger and seals intact, beside those that are there."`
}

// ImportCompany brings a company in.
type ImportCompany struct {
	File  string `arg:"" type:"existingfile" help:"File written by export company."`
	Owner string `required:"" placeholder:"EMAIL" help:"Who administers it here: the address of somebody who can already sign in."`
}

// Run implements the command. Everything comes in, is proved, and is there, in one transaction; or nothing is.
func (i ImportCompany) Run(ctx context.Context, p *Program) error {
	d, key, err := p.openWithKey(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	folder, err := os.MkdirTemp(p.Data, ".import-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	m, err := unpack(i.File, folder)
	if err != nil {
		return err
	}
	current, _, err := d.Versions(ctx, schema.Files)
	switch {
	case err != nil:
		return err
	case m.Company == "":
		return errors.New("this file is a copy of everything: bring it back with encaisse restore")
	case m.Schema != current:
		return fmt.Errorf("the file was written by %s, whose tables are not those of this program: bring both to the same version and export again", m.Software)
	}
	var ref company.Ref
	err = d.Write(ctx, m.Company, func(tx *db.Tx) (err error) {
		ref, err = i.bringIn(tx, key, folder, m)
		return err
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "%s is in, and everything holds. Its pages: /d/%s/\n", ref.Name, ref.Slug)
	return err
}

// bringIn writes a company and walks every invariant of it.
func (i ImportCompany) bringIn(tx *db.Tx, key seal.MasterKey, folder string, m manifest) (company.Ref, error) {
	own, err := seal.ReadMasterKey(filepath.Join(folder, keyFile))
	if err != nil {
		return company.Ref{}, err
	}
	text, err := os.ReadFile(filepath.Join(folder, peopleFile))
	if err != nil {
		return company.Ref{}, err
	}
	var c card
	if err := json.Unmarshal(text, &c); err != nil {
		return company.Ref{}, fmt.Errorf("the file is damaged: %w", err)
	}
	ref, err := company.Adopt(tx, c.Name)
	if err != nil {
		return ref, err
	}
	change := relocked(m.Company, own, key)
	err = eachBatch(filepath.Join(folder, tablesFile), func(head tableHead, rows [][]any) error {
		if head.Company != m.Company {
			return errors.New("the file holds something else than its company")
		}
		for _, row := range rows {
			if err := change(head.Table, head.Columns, row); err != nil {
				return err
			}
		}
		return loadRows(tx, head, rows)
	})
	if err != nil {
		return ref, err
	}
	if err := i.people(tx, c.People); err != nil {
		return ref, err
	}
	heads, err := seal.NewWitness(filepath.Join(folder, headsFolder)).Heads(m.Company)
	if err != nil {
		return ref, err
	}
	if err := seal.LogEvent(tx, seal.Event{Code: seal.Restored, By: programUser, Source: "company:" + m.MadeAt.UTC().Format("2006-01-02T15:04:05Z")}); err != nil {
		return ref, err
	}
	return ref, verifyCompany(tx, io.Discard, heads)
}

// people makes the names known, and gives the company to its owner.
func (i ImportCompany) people(tx *db.Tx, people []staff.Signed) error {
	owner, known, err := staff.UserByEmail(tx, i.Owner)
	if err != nil {
		return err
	}
	if !known {
		return fmt.Errorf("nobody signs in here as %s: give the address of somebody who does", i.Owner)
	}
	if err := staff.Remember(tx, people, owner.ID); err != nil {
		return err
	}
	return staff.Join(tx, tx.Company(), owner.ID, staff.Administrator, nil)
}
