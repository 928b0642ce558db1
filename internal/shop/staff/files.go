package staff

import (
	"context"
	"slices"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/shop/company"
)

// File is a company somebody may enter (dossier).
type File struct {
	company.Entry
	FirmName string // the firm that looks after it, when the person belongs to it
	RoleID   string // of the person, "" through their firm only
}

// Files are the companies a person may enter, by name, and the firms they belong to.
type Files struct {
	Files            []File
	Firms            []Firm
	CreatesCompanies bool
}

// Files lists what a person may enter.
func (r *Room) Files(ctx context.Context, userID string) (f Files, err error) {
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		if f.CreatesCompanies, err = MayCreateCompany(q, userID); err != nil {
			return err
		}
		if f.Files, err = filesOf(q, userID); err != nil {
			return err
		}
		f.Firms, err = firmsOf(q, userID)
		return err
	})
	slices.SortStableFunc(f.Files, func(a, b File) int { return strings.Compare(fold(a.Name), fold(b.Name)) })
	return f, err
}

// matching keeps the files whose name or firm holds every word searched.
func matching(files []File, search string) []File {
	words := strings.Fields(fold(search))
	return slices.DeleteFunc(slices.Clone(files), func(f File) bool {
		text := fold(f.Name + " " + f.FirmName)
		return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
	})
}

// filesOf lists the companies in use a person may enter: by a place of their own, and through their firms.
func filesOf(q db.Querier, userID string) ([]File, error) {
	firms, err := firmsOf(q, userID)
	if err != nil {
		return nil, err
	}
	files, seen := []File(nil), map[string]bool{}
	places, err := placesOf(q, userID)
	if err != nil {
		return nil, err
	}
	for _, place := range places {
		entry, known, err := company.EntryByID(q, place.companyID)
		if err != nil {
			return nil, err
		}
		if known && entry.Active {
			seen[entry.ID] = true
			files = append(files, File{Entry: entry, FirmName: firmName(firms, entry.FirmID), RoleID: place.RoleID})
		}
	}
	for _, firm := range firms {
		_, kept, err := FirmFiles(q, firm.ID, userID)
		if err != nil {
			return nil, err
		}
		for _, file := range kept {
			if !seen[file.ID] {
				files = append(files, File{Entry: file.Entry, FirmName: firm.Name})
			}
		}
	}
	return files, nil
}

func firmName(firms []Firm, id string) string {
	for _, firm := range firms {
		if firm.ID == id {
			return firm.Name
		}
	}
	return ""
}

func mustFile(q db.Querier, id string) (company.Entry, error) {
	file, known, err := company.EntryByID(q, id)
	if err == nil && !known {
		err = fault.New(fault.NotFound, "Cette société n’existe pas.")
	}
	return file, err
}

// MayCreateCompany tells whether a person may open a company: those who may for themselves, and the members of a firm.
func MayCreateCompany(q db.Querier, userID string) (bool, error) {
	u, err := mustUser(q, userID)
	if err != nil || u.CreatesCompanies {
		return err == nil, err
	}
	firms, err := firmsOf(q, userID)
	return len(firms) > 0, err
}

// HomePath is where the bare address leads a person: their only company, the screen of their firm when they work in no company otherwise, or
// the list.
func (r *Room) HomePath(ctx context.Context, userID string) (string, error) {
	all, err := r.Files(ctx, userID)
	ofTheirOwn := func(f File) bool { return f.RoleID != "" }
	if err == nil && len(all.Firms) == 1 && !slices.ContainsFunc(all.Files, ofTheirOwn) {
		return "/cabinets/" + all.Firms[0].ID + "/suivi", nil
	}
	if err == nil && len(all.Files) == 1 && len(all.Firms) == 0 {
		return "/d/" + all.Files[0].Slug + "/", nil
	}
	return "/dossiers", err
}
