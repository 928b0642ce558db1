package db

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// directory lists the tables that belong to no single company: who may sign in, which companies there are, and what the
// program itself keeps. Everything else belongs to one company and begins its keys with company_id.
var directory = map[string]bool{
	"firm":              true, // accounting firms
	"company":           true, // companies: id, slug, name, state
	"app_user":          true, // people who sign in
	"membership":        true, // who works in which company, with which role
	"session":           true, // open sessions
	"invitation":        true, // links sent to join a company
	"password_reset":    true, // links sent to choose a new password
	"sign_in_attempt":   true, // throttling of sign-in
	"passkey":           true, // keys people sign in with
	"passkey_challenge": true, // what browsers were asked to sign with one
	"firm_member":       true, // who works in which firm
	"setup_link":        true, // the one-time link of an empty install
	"job":               true, // what happens after an act
	"day_summary":       true, // the days of a month of each company, for who looks after many
	"firm_portfolio":    true, // who of a firm looks after which company
	"firm_template":     true, // settings a firm gives to companies
	"firm_reminder":     true, // reminders a firm sent
	"alert_digest":      true, // who wants the letter of alerts
	"question_count":    true, // how many questions of each company are open
	"session_view":      true, // whose eyes a session looks at a company with
	"goose_db_version":  true,
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
	commaJoin = regexp.MustCompile(`(?i)\bFROM\s+[a-z_]\w*(?:\s+(?:AS\s+)?[a-z_]\w*)?\s*,`)
	ownRows   = regexp.MustCompile(`(?i)\bcompany_id\s*=\s*\$1(?:\D|$)|\(\s*company_id\b[^)]*\)\s*(?:VALUES\s*\(\s*|SELECT\s+)\$1(?:\D|$)`)
	verdicts  sync.Map // query text → verdict
)

// verdict is what the text of a statement says.
type verdict struct {
	fault         string   // why no handle may run it; "" when one may
	directoryOnly bool     // it names tables of the directory alone
	ownRows       bool     // it picks or writes rows of the company $1
	writes        []string // tables it may change: the first named, or any when it begins with WITH
}

// changes tells whether the statement may change one of some tables.
func (v verdict) changes(tables []string) bool {
	return slices.ContainsFunc(v.writes, func(name string) bool { return slices.Contains(tables, name) })
}

func judge(query string) verdict {
	if v, ok := verdicts.Load(query); ok {
		return v.(verdict)
	}
	v := verdict{directoryOnly: true, ownRows: ownRows.MatchString(query)}
	verb := strings.ToUpper(firstWord(query))
	switch verb {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH":
	default:
		v.fault = "a handle only runs SELECT, INSERT, UPDATE, DELETE and WITH"
	}
	if strings.Contains(query, ";") {
		v.fault = "one statement at a time"
	}
	if commaJoin.MatchString(query) {
		v.fault = "tables are put together with JOIN"
	}
	for _, m := range tableName.FindAllStringSubmatch(query, -1) {
		name := strings.ToLower(m[1])
		if name == "set" { // DO UPDATE SET
			continue
		}
		if verb == "WITH" || verb != "SELECT" && len(v.writes) == 0 {
			v.writes = append(v.writes, name)
		}
		if !directory[name] {
			v.directoryOnly = false
		}
	}
	verdicts.Store(query, v)
	return v
}

// guard refuses a statement that could touch another company’s rows.
func (h *handle) guard(query string, args []any) error {
	v := judge(query)
	if v.fault != "" {
		return errors.New(v.fault)
	}
	if v.directoryOnly {
		return nil
	}
	if h.company == "" {
		return errors.New("a company’s table in a statement of the directory")
	}
	if !v.ownRows {
		return errors.New("the statement does not hold to company_id = $1")
	}
	if len(args) == 0 || args[0] != h.company {
		return errors.New("the first argument is not the company of the transaction")
	}
	return nil
}

func firstWord(query string) string {
	for word := range strings.FieldsSeq(query) {
		return word
	}
	return ""
}

func firstWords(query string) string {
	words := strings.Fields(query)
	return strings.Join(words[:min(len(words), 6)], " ")
}
