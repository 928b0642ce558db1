package walls

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

var (
	migrationName = regexp.MustCompile(`^(\d{4})_[a-z0-9_]+\.sql$`)
	inexact       = regexp.MustCompile(`(?im)^\s*[a-z_]+\s+(REAL|FLOAT\d*|DOUBLE(\s+PRECISION)?|NUMERIC|DECIMAL|MONEY|TIMESTAMPTZ?|TIMESTAMP)\b`)
)

// Twins names the migrations without their twin for the other database, the numbers given twice, and the tables made on one
// side only.
func Twins(t *Tree) []string {
	var wrong []string
	sides := map[string]map[string]bool{"schema/sqlite/": {}, "schema/postgres/": {}}
	for _, p := range t.paths(".sql") {
		folder := path.Dir(p) + "/"
		if sides[folder] == nil {
			if under(path.Dir(p), "schema") {
				wrong = append(wrong, p+": a migration stands in schema/sqlite or schema/postgres")
			}
			continue
		}
		sides[folder][path.Base(p)] = true
		if !migrationName.MatchString(path.Base(p)) {
			wrong = append(wrong, p+": a migration is named 0001_what_it_makes.sql")
		}
	}
	for folder, other := range map[string]string{"schema/sqlite/": "schema/postgres/", "schema/postgres/": "schema/sqlite/"} {
		before := ""
		for _, name := range sorted(sides[folder]) {
			if !sides[other][name] {
				wrong = append(wrong, fmt.Sprintf("%s%s: has no twin in %s", folder, name, other))
			}
			number, _, _ := strings.Cut(name, "_")
			if number == before {
				wrong = append(wrong, fmt.Sprintf("%s%s: the number is given twice", folder, name))
			}
			before = number
		}
		theirs := tables(t, other)
		for _, table := range sorted(tables(t, folder)) {
			if !theirs[table] {
				wrong = append(wrong, fmt.Sprintf("%s: table %s is not made in %s", folder, table, other))
			}
		}
	}
	return wrong
}

// ExactColumns names the columns whose type keeps no exact amount or no portable instant.
func ExactColumns(t *Tree) []string {
	var wrong []string
	for _, p := range t.paths(".sql") {
		for i, line := range strings.Split(t.Texts[p], "\n") {
			if m := inexact.FindStringSubmatch(line); m != nil {
				wrong = append(wrong, fmt.Sprintf("%s:%d: a column of type %s: amounts and instants are BIGINT", p, i+1, m[1]))
			}
		}
	}
	return wrong
}
