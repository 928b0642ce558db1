package schema_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/test/dbtest"
)

// mutable are the tables of companies whose rows may change, with the reason. Every other one only takes new rows.
var mutable = map[string]string{
	"ledger_account":      "balances kept by the posting, checked against the lines",
	"ledger_day":          "balances kept by the posting, checked against the lines",
	"series":              "the last number of a series, checked against the numbers given",
	"period_day":          "a closed day becomes locked; the events say so",
	"period_year":         "an open year becomes closed; the events say so",
	"chart_account":       "settings",
	"seal_head":           "the heads of the chains, checked against the records",
	"role":                "settings; the events say what changed",
	"visit":               "swept once old",
	"settings":            "settings; the events say what changed",
	"company_logo":        "settings",
	"location":            "settings",
	"calendar_week":       "settings",
	"calendar_holiday":    "settings",
	"calendar_exception":  "settings",
	"sales_category":      "settings; the events say what changed",
	"tender_method":       "settings; the events say what changed",
	"party":               "people may be corrected and erased",
	"setup_progress":      "how far the assistant went",
	"cash_box":            "settings; the events say what changed",
	"daysheet_draft":      "a draft is no act yet",
	"cash_fee":            "settings; the events say what changed",
	"cash_item":           "settings; the events say what changed",
	"cash_access":         "settings; the events say what changed",
	"cash_order":          "settings: how each person sorts the boxes",
	"budget_month":        "a forecast, not an act",
	"dashboard_card":      "settings: how each person arranges their page",
	"accounting_settings": "settings; the events say what changed",
	"accounting_journal":  "settings; the events say what changed",
	"api_link":            "settings; the events say what changed; the last use of each",
	"intake":              "what is under way; the books say what came in",
	"intake_file":         "kept until its import ends",
	"intake_item":         "what became of what came in",
	"intake_mapping":      "settings: how files are read",
	"activity_origin":     "addresses, forgotten after a year",
	"scan":                "a photo waits, then is kept with its day or forgotten",
	"scan_file":           "kept until its photo is kept with the day",
	"scan_label":          "settings: how tickets are read",
}

// sample gives values to the columns whose table takes only some.
var sample = map[string]any{
	"cash_movement.kind": "paid-in", "cash_movement_change.state": "reversed", "daysheet.source": "hand", "daysheet.origin": "scan", "customer_payment.kind": "repayment", "voucher.purpose": "multi",
	"voucher_event.kind": "used", "deposit_event.kind": "credited", "question_message.kind": "ask",
}

func TestWhatIsRecordedIsNeitherChangedNorRemoved(t *testing.T) { // LAW-ISCA-I-1
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		raw := dbtest.Raw(t, d) // the superuser's connection, or the bare file
		appendOnly := 0
		for _, table := range companyTables() {
			if mutable[table] != "" {
				continue
			}
			appendOnly++
			insertSample(t, raw, d.Name(), table)
			statements := []string{`UPDATE ` + table + ` SET company_id = company_id`, `DELETE FROM ` + table}
			if d.Name() == "postgres" {
				statements = append(statements, `TRUNCATE `+table)
			}
			for _, statement := range statements {
				if _, err := raw.Exec(statement); err == nil || !strings.Contains(err.Error(), "append-only: "+table) {
					t.Errorf("%s: %v", statement, err)
				}
			}
			var left int
			if err := raw.QueryRow(`SELECT COUNT(*) FROM ` + table).Scan(&left); err != nil || left != 1 {
				t.Errorf("%s has %d rows, %v", table, left, err)
			}
		}
		if appendOnly < 10 {
			t.Errorf("%d tables only take new rows", appendOnly)
		}
		for table := range mutable {
			if !slices.Contains(companyTables(), table) {
				t.Errorf("%s is said to change and does not exist", table)
			}
		}
	})
}

// SQLite's INSERT OR REPLACE removes a row without the trigger of removals, unless the connection asks for it: ours do.
func TestAnInsertionDoesNotReplaceWhatIsRecorded(t *testing.T) { // LAW-ISCA-I-1
	d := dbtest.SQLite(t)
	company := dbtest.Company(t, d)
	const text = `INTO seal_event (company_id, id, register, code, label, at, by_user, source) VALUES ($1, 'essai', '', 1, $2, 0, '', '')`
	err := d.Write(t.Context(), company, func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT `+text, company, "avant")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	err = d.Write(t.Context(), company, func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT OR REPLACE `+text, company, "après")
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "append-only: seal_event") {
		t.Errorf("told %v", err)
	}
}

// insertSample inserts a row of any values.
func insertSample(t *testing.T, raw *sql.DB, kind, table string) {
	t.Helper()
	query := `SELECT name, type FROM pragma_table_info($1) ORDER BY cid`
	if kind == "postgres" {
		query = `SELECT column_name, data_type FROM information_schema.columns WHERE table_name = $1 AND table_schema = 'public' ORDER BY ordinal_position`
	}
	var columns, marks []string
	var values []any
	for _, line := range rows(t, raw, query, table) {
		name, of, _ := strings.Cut(line, " ")
		columns = append(columns, name)
		marks = append(marks, fmt.Sprintf("$%d", len(columns)))
		value, given := sample[table+"."+name]
		if !given {
			value = map[string]any{"text": id.New(), "bigint": 1, "integer": 1, "boolean": false, "bytea": []byte{1}, "blob": []byte{1}}[strings.ToLower(of)]
		}
		values = append(values, value)
	}
	if _, err := raw.Exec(`INSERT INTO `+table+` (`+strings.Join(columns, ", ")+`) VALUES (`+strings.Join(marks, ", ")+`)`, values...); err != nil {
		t.Fatalf("%s: %v", table, err)
	}
}
