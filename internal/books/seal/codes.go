package seal

import (
	_ "embed"
	"encoding/csv"
	"strconv"
	"strings"
	"sync"

	"encaisse/internal/base/day"
)

// Code is a kind of event. A number may change its meaning with time: each line of the table says when it is in use.
type Code struct {
	Number      int
	Label       string
	From, Until day.Day // when it is in use; Until "" when it still is
	Known       string  // how sure the number is: published, secondary or own
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

// CodeOf finds what a number means on a day.
func CodeOf(number int, on day.Day) (Code, bool) {
	for _, c := range codes() {
		if c.Number == number && c.From <= on && (c.Until == "" || on <= c.Until) {
			return c, true
		}
	}
	return Code{}, false
}
