// Package sheet writes lists of figures for spreadsheets: XLSX for people, with real numbers, real dates, filters and a print
// set-up; CSV for programs, nothing but a header and the facts. Both come from the same table.Table as the printed report.
package sheet
