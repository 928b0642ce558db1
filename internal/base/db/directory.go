package db

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// directory lists the tables that belong to no single company: who may sign in, which companies there are, and what the
// program itself keeps. Everything else belongs to one company and begins its keys with company_id.
var directory = map[string]bool{
	"firm":             true, // accounting firms
	"company":          true, // companies: id, slug, name, state
	"app_user":         true, // people who sign in
	"membership":       true, // who works in which company, with which role
	"session":          true, // open sessions
	"invitation":       true, // links sent to join a company
	"password_reset":   true, // links sent to choose a new password
	"sign_in_attempt":  true, // throttling of sign-in
	"firm_member":      true, // who works in which firm
	"setup_link":       true, // the one-time link of an empty install
	"job":              true, // what happens after an act
	"goose_db_version": true,
}

// DirectoryTables names the tables of the directory.
func DirectoryTables() []string {
	names := make([]string, 0, len(directory))
	for name := range directory {
		names = append(names, name)
	}
	return names
}

var (
	tableName = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_][a-z0-9_]*)`)
	verdicts  sync.Map // query text → verdict
)

type verdict struct {
	directoryOnly bool
	namesCompany  bool
	writes        bool
	first         string // table named first: the one written by a statement that writes
}

func judge(query string) verdict {
	if v, ok := verdicts.Load(query); ok {
		return v.(verdict)
	}
	v := verdict{directoryOnly: true, namesCompany: strings.Contains(query, "company_id"), writes: writes(query)}
	for _, m := range tableName.FindAllStringSubmatch(query, -1) {
		if v.first == "" {
			v.first = strings.ToLower(m[1])
		}
		if !directory[strings.ToLower(m[1])] {
			v.directoryOnly = false
		}
	}
	verdicts.Store(query, v)
	return v
}

// guard refuses a statement that could touch another company’s rows.
func (h *handle) guard(query string, args []any) error {
	v := judge(query)
	if v.directoryOnly {
		return nil
	}
	if h.company == "" {
		return fmt.Errorf("db: %s: a company’s table in a statement of the directory", firstWords(query))
	}
	if !v.namesCompany {
		return fmt.Errorf("db: %s: the statement does not name company_id", firstWords(query))
	}
	if len(args) == 0 || args[0] != h.company {
		return fmt.Errorf("db: %s: the first argument is not the company of the transaction", firstWords(query))
	}
	return nil
}

func firstWords(query string) string {
	words := strings.Fields(query)
	return strings.Join(words[:min(len(words), 6)], " ")
}
