package schema

import (
	"io/fs"
	"regexp"
	"slices"
	"sync"
)

var createTable = regexp.MustCompile(`(?m)^CREATE TABLE (\w+)`)

// Tables names every table the migrations make, in the order they make them: a table comes after those it refers to.
var Tables = sync.OnceValue(func() []string {
	var names []string
	files, err := fs.Glob(Files, "postgres/*.sql")
	if err != nil {
		panic("schema: " + err.Error())
	}
	slices.Sort(files)
	for _, file := range files {
		text, err := fs.ReadFile(Files, file)
		if err != nil {
			panic("schema: " + err.Error())
		}
		for _, m := range createTable.FindAllSubmatch(text, -1) {
			names = append(names, string(m[1]))
		}
	}
	return names
})

var (
	tableBody  = regexp.MustCompile(`(?ms)^CREATE TABLE (\w+) \((.*?)^\);`)
	truth      = regexp.MustCompile(`(?m)^\s*(\w+)\s+BOOLEAN\b`)
	addedTruth = regexp.MustCompile(`(?m)^ALTER TABLE (\w+) ADD COLUMN (\w+)\s+BOOLEAN\b`)
)

// Booleans names the columns, as table.column, that PostgreSQL keeps as a truth and SQLite as 0 or 1.
var Booleans = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	files, err := fs.Glob(Files, "postgres/*.sql")
	if err != nil {
		panic("schema: " + err.Error())
	}
	for _, file := range files {
		text, err := fs.ReadFile(Files, file)
		if err != nil {
			panic("schema: " + err.Error())
		}
		for _, table := range tableBody.FindAllSubmatch(text, -1) {
			for _, column := range truth.FindAllSubmatch(table[2], -1) {
				names[string(table[1])+"."+string(column[1])] = true
			}
		}
		for _, added := range addedTruth.FindAllSubmatch(text, -1) {
			names[string(added[1])+"."+string(added[2])] = true
		}
	}
	return names
})
