package seal

import (
	_ "embed"
	"encoding/csv"
	"strconv"
	"strings"
	"sync"

	"encaisse/internal/base/day"
)

// Code is a kind of event.
type Code struct {
	Number      int
	Label       string
	From, Until day.Day // when it is in use; Until "" when it still is
	Known       string  // how sure the number is: published, secondary, own
}

//go:embed events.csv
var codesFile string

// codes reads the table of events once. A table that cannot be read stops the first test, not a customer.
var codes = sync.OnceValue(func() []Code {
	reader := csv.NewReader(strings.NewReader(codesFile))
	reader.Comma, reader.Comment, reader.FieldsPerRecord = ';', '#', 5
	rows, err := reader.ReadAll()
	if err != nil {
		panic("seal: events.csv: " + err.Error())
	}
	list := make([]Code, 0, len(rows))
	for _, row := range rows {
		number, err := strconv.Atoi(row[0])
		if err != nil {
			panic("seal: events.csv: " + err.Error())
		}
		list = append(list, Code{Number: number, Label: row[1], From: day.Day(row[2]), Until: day.Day(row[3]), Known: row[4]})
	}
	return list
})

// Codes is the table of events.
func Codes() []Code { return codes() }

// CodeOf finds a code in the table of events.
func CodeOf(number int) (Code, bool) {
	for _, c := range codes() {
		if c.Number == number {
			return c, true
		}
	}
	return Code{}, false
}
