// Package company is the register of a company: who it is, how it counts its days, which optional parts it uses, its
// locations and the calendar of each. It posts nothing.
//
// Tables: company (directory), settings, company_logo, location, calendar_week, calendar_holiday, calendar_exception.
// Law: CGI 286-I-3° bis (identity printed on documents), Code du travail L3133-1, L3134-13, L3422-2 (public holidays).
package company
