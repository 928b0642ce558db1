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
