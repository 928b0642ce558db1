package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"encaisse/internal/base/right"
)

// CompanyPrefix begins the path of every page of a company; {slug} names the company.
const CompanyPrefix = "/d/{slug}/"

// Route is one thing a visitor can ask for.
type Route struct {
	Method string // GET or POST
	Path   string // as net/http patterns: /d/{slug}/journees/{mois}; a final / is the page itself, not what is below
	Right  right.Right
	Do     func(*Ctx) error
	Upload bool // accepts files: a body of up to 6 MB instead of 1 MB, and a time limit by progress
	Quiet  bool // called by machines all day long: kept out of the access log
	Token  bool // asked by other programs, which enter a company by their token (see Keyring); its path begins with MachinePrefix
}

func (r Route) String() string { return r.Method + " " + r.Path }

// inCompany tells whether the route is a page of a company.
func (r Route) inCompany() bool { return strings.HasPrefix(r.Path, CompanyPrefix) }

// pattern is the route as net/http matches it: the exact path only.
func (r Route) pattern() string {
	if strings.HasSuffix(r.Path, "/") {
		return r.Method + " " + r.Path + "{$}"
	}
	return r.Method + " " + r.Path
}

// CheckRoutes finds what is wrong in a list of routes; the program does not start with one that is.
func CheckRoutes(routes []Route) error {
	known := []right.Right{right.Public, right.SignedIn, right.Member}
	for _, label := range right.All() {
		known = append(known, label.Right)
	}
	var faults []error
	seen := map[string]bool{}
	for _, r := range routes {
		if err := r.check(known); err != nil {
			faults = append(faults, fmt.Errorf("route %s: %w", r, err))
		}
		if seen[r.String()] {
			faults = append(faults, fmt.Errorf("route %s: listed twice", r))
		}
		seen[r.String()] = true
	}
	return errors.Join(faults...)
}

func (r Route) check(known []right.Right) error {
	outside := r.Right == right.Public || r.Right == right.SignedIn
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodPost:
		return errors.New("its method is neither GET nor POST")
	case !strings.HasPrefix(r.Path, "/"):
		return errors.New("its path does not begin with /")
	case strings.HasPrefix(r.Path, "/static/"):
		return errors.New("its path is that of the files of the look")
	case r.Do == nil:
		return errors.New("nothing answers it")
	case r.Right == "":
		return errors.New("it names no right")
	case !slices.Contains(known, r.Right):
		return fmt.Errorf("its right %q does not exist", r.Right)
	case r.Token && (outside || !strings.HasPrefix(r.Path, MachinePrefix) || r.Upload):
		return errors.New("a program enters by its token under " + MachinePrefix + ", with a right in a company")
	case r.Token:
	case r.inCompany() && outside:
		return fmt.Errorf("a page of a company needs a right in that company, not %q", r.Right)
	case !r.inCompany() && !outside:
		return fmt.Errorf("the right %q holds in a company and the path does not begin with %s", r.Right, CompanyPrefix)
	case r.Upload && r.Method != http.MethodPost:
		return errors.New("only POST uploads")
	}
	return nil
}
