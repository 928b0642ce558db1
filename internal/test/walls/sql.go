package walls

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// tablesList says which package owns which table, a line each: table folder, the folder without internal/.
const tablesList = "internal/test/walls/tables.txt"

// directoryFile lists the tables that belong to no single company.
const directoryFile = "internal/base/db/directory.go"

var (
	storeFile   = regexp.MustCompile(`^store(_[a-z0-9_]+)?\.go$`)
	speaksSQL   = regexp.MustCompile(`\b(SELECT\s|INSERT\s+INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b|(CREATE|DROP|ALTER)\s+(TABLE|(UNIQUE\s+)?INDEX|TRIGGER|VIEW|DATABASE|ROLE)\b|PRAGMA\s|SAVEPOINT\s|VACUUM\b|ON\s+CONFLICT\b|WHERE\s+\w|ORDER\s+BY\b|GROUP\s+BY\b|RETURNING\s|JOIN\s+\w)`)
	quietSQL    = regexp.MustCompile(`(?i)^\s*(select\s[\s\S]*\sfrom\s+\w|insert\s+into\s+\w|update\s+\w+\s+set\s|delete\s+from\s+\w)`)
	statement   = regexp.MustCompile(`(?i)^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s`)
	namedTable  = regexp.MustCompile(`(?i)(?:\bFOR\s+|\bDISTINCT\s+|\bDO\s+)?\b(FROM|JOIN|INTO|UPDATE)\s+([a-z_][a-z0-9_]*)(\s*\()?`)
	namedQuery  = regexp.MustCompile(`(?i)(?:\bWITH|,)\s*(?:RECURSIVE\s+)?([a-z_][a-z0-9_]*)\s*(?:\([^()]*\))?\s+AS\s+(?:NOT\s+)?(?:MATERIALIZED\s*)?\(`)
	madeTable   = regexp.MustCompile(`(?i)\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([a-z_][a-z0-9_]*)`)
	directories = regexp.MustCompile(`(?m)^\s*"([a-z_]+)":\s+true`)
	tableLine   = regexp.MustCompile(`^([a-z_][a-z0-9_]*) ((?:base|books|shop|app)(?:/[a-z]+)+|app)$`)
)

// guests are the files that may name others' tables, each with its reason.
var guests = map[string]string{
	"internal/app/store_bench.go": "measures the database alone: the rows of an act, without the rooms that check and seal them",
}

// query is a text of SQL found in a file; what is not constant in it reads as a question mark in braces.
type query struct {
	file  *File
	node  ast.Node
	text  string
	whole bool // all of it is constant
}

// StoreOnly names the SQL written elsewhere than in schema, where the tables are made, or in store.go of a room, of books, of
// base or of the app.
func StoreOnly(t *Tree) []string {
	var wrong []string
	for _, q := range queries(t) {
		place := []string{"internal/base", "internal/books", "internal/shop", "internal/app"}
		if q.file.Folder == "schema" {
			continue
		}
		if !allowed(q.file.Folder, place) || !storeFile.MatchString(path.Base(q.file.Path)) {
			wrong = append(wrong, t.at(q.file, q.node, "SQL outside store.go: %s", start(q.text)))
		}
	}
	return wrong
}

// OwnTables names the statements on another package's tables, save those of guests, and the tables that have no owner or do
// not exist.
func OwnTables(t *Tree) []string {
	owners, wrong := readTables(t)
	made := tables(t, "schema/sqlite/")
	for _, table := range sorted(made) {
		if owners[table] == "" {
			wrong = append(wrong, fmt.Sprintf("%s: table %s has no owner", tablesList, table))
		}
	}
	var listed []string
	for table := range owners {
		listed = append(listed, table)
	}
	sort.Strings(listed)
	for _, table := range listed {
		if !made[table] {
			wrong = append(wrong, fmt.Sprintf("%s: table %s does not exist", tablesList, table))
		}
	}
	for _, q := range queries(t) {
		for _, table := range q.tables() {
			owner := owners[table]
			if !made[table] {
				wrong = append(wrong, t.at(q.file, q.node, "table %s is in no migration", table))
			} else if owner != "" && !under(q.file.Folder, "internal/"+owner) && guests[q.file.Path] == "" {
				wrong = append(wrong, t.at(q.file, q.node, "table %s belongs to %s", table, owner))
			}
		}
	}
	return wrong
}

// OneCompany names the statements on a company's tables that do not carry company_id.
func OneCompany(t *Tree) []string {
	shared := map[string]bool{}
	for _, m := range directories.FindAllStringSubmatch(t.Texts[directoryFile], -1) {
		shared[m[1]] = true
	}
	var wrong []string
	for _, q := range queries(t) {
		if !q.whole || !statement.MatchString(q.text) || strings.Contains(q.text, "company_id") {
			continue
		}
		for _, table := range q.tables() {
			if !shared[table] {
				wrong = append(wrong, t.at(q.file, q.node, "a statement on table %s without company_id", table))
				break
			}
		}
	}
	return wrong
}

// queries are the texts of SQL in the shipped code outside internal/base/db.
func queries(t *Tree) []query {
	var found []query
	for _, f := range t.Files {
		if f.Test || f.Generated || under(f.Folder, "internal/base/db") {
			continue
		}
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			expression, is := n.(ast.Expr)
			if !is {
				return true
			}
			text, whole, is := textOf(expression)
			if !is {
				return true
			}
			if speaksSQL.MatchString(text) || quietSQL.MatchString(text) {
				found = append(found, query{f, n, text, whole})
			}
			return false
		})
	}
	return found
}

// textOf joins the constant parts of a text.
func textOf(e ast.Expr) (text string, whole, is bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false, false
		}
		text, err := strconv.Unquote(e.Value)
		return text, !strings.Contains(text, "%s"), err == nil
	case *ast.BinaryExpr:
		if e.Op != token.ADD {
			return "", false, false
		}
		left, leftWhole, leftIs := textOf(e.X)
		right, rightWhole, rightIs := textOf(e.Y)
		if !leftIs && !rightIs {
			return "", false, false
		}
		if !leftIs {
			left = "{?}"
		}
		if !rightIs {
			right = "{?}"
		}
		return left + right, leftWhole && rightWhole, true
	case *ast.ParenExpr:
		return textOf(e.X)
	}
	return "", false, false
}

// tables are the tables a statement names, without the queries it names itself.
func (q query) tables() []string {
	named := map[string]bool{}
	for _, m := range namedQuery.FindAllStringSubmatch(q.text, -1) {
		named[strings.ToLower(m[1])] = true
	}
	found := map[string]bool{}
	for _, m := range namedTable.FindAllStringSubmatch(q.text, -1) {
		verb, table := strings.ToUpper(m[1]), strings.ToLower(m[2])
		guarded := !strings.HasPrefix(strings.ToUpper(m[0]), verb) // FOR UPDATE, DO UPDATE, IS DISTINCT FROM
		function := m[3] != "" && verb != "INTO"
		keyword := table == "select" || table == "set" || table == "lateral"
		if !guarded && !function && !keyword && !named[table] {
			found[table] = true
		}
	}
	return sorted(found)
}

// readTables reads who owns which table.
func readTables(t *Tree) (owners map[string]string, wrong []string) {
	owners = map[string]string{}
	entries := t.list(tablesList)
	for _, n := range numbers(entries) {
		m := tableLine.FindStringSubmatch(entries[n])
		if m == nil {
			wrong = append(wrong, fmt.Sprintf("%s:%d: a table is written « table folder »", tablesList, n))
			continue
		}
		if owners[m[1]] != "" {
			wrong = append(wrong, fmt.Sprintf("%s:%d: table %s has two owners", tablesList, n, m[1]))
		}
		owners[m[1]] = m[2]
	}
	return owners, wrong
}

// tables are the tables made by the migrations of a folder.
func tables(t *Tree, folder string) map[string]bool {
	made := map[string]bool{}
	for _, p := range t.paths(".sql") {
		if strings.HasPrefix(p, folder) {
			for _, m := range madeTable.FindAllStringSubmatch(t.Texts[p], -1) {
				made[strings.ToLower(m[1])] = true
			}
		}
	}
	return made
}

// start is the beginning of a text of SQL, on one line.
func start(text string) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(len(words), 6)], " ")
}
