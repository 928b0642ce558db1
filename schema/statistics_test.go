package schema_test

import (
	"fmt"
	"strings"
	"testing"

	"encaisse/internal/test/dbtest"
)

func TestSQLiteFindsRowsByTheirIndexRatherThanAllThoseOfACompany(t *testing.T) {
	lite := dbtest.Raw(t, dbtest.SQLite(t))
	checked := 0
	for _, table := range companyTables() {
		for _, index := range rows(t, lite, `SELECT name FROM pragma_index_list($1) WHERE NOT partial`, table) {
			columns := rows(t, lite, `SELECT name FROM pragma_index_info($1) ORDER BY seqno`, index)
			if len(columns) < 2 || columns[0] != "company_id" {
				continue
			}
			query := fmt.Sprintf(`SELECT * FROM %s WHERE company_id = 'c' AND %s = 'x'`, table, columns[1])
			plan := rows(t, lite, `EXPLAIN QUERY PLAN `+query)
			if checked++; !strings.Contains(strings.Join(plan, "\n"), "(company_id=? AND "+columns[1]+"=?") {
				t.Errorf("%s: %q", query, plan)
			}
		}
	}
	if checked < 50 {
		t.Errorf("%d indexes were checked", checked)
	}
	for _, query := range []string{
		`SELECT id FROM ledger_entry WHERE company_id = 'c' AND source = 'x' ORDER BY seq`,
		`SELECT id FROM deposit_slip s WHERE company_id = 'c' AND id = 'x' AND EXISTS (SELECT 1 FROM deposit_event e WHERE e.company_id = 'c' AND e.slip_id = s.id AND e.kind = 'undone')`,
	} {
		for _, line := range rows(t, lite, `EXPLAIN QUERY PLAN `+query) {
			if strings.HasSuffix(line, "(company_id=?)") || strings.Contains(line, "SCAN") {
				t.Errorf("%s: %s", query, line)
			}
		}
	}
}
