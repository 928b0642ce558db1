// Package fec knows the file of accounting entries (fichier des écritures comptables) that the tax office asks for: French code of tax
// procedures, article A47 A-1. It writes the file and checks one, from this program or from another. It reads no store: what the entries
// are is the affair of whoever exports.
//
// The file is text, one line an accounting line after a first line of names: 18 columns in a fixed order, separated by tabulations or by
// vertical bars, dates as 20261120, amounts as 1234,56 without any thousands separator. It holds one financial year and is named by the
// SIREN of the company and the last day of the year. Ours is written in ISO 8859-15 with tabulations and the end of line of Windows,
// which the text allows and every program reads.
package fec

import (
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
)

// Columns are the names of the columns, in their order.
var Columns = []string{"JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate",
	"EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise"}

// Line is a line of the file.
type Line struct {
	JournalCode, JournalLabel string
	Number                    string // of the entry
	On                        day.Day
	Account, AccountLabel     string
	Party, PartyLabel         string // subsidiary account, "" when the line has none
	Piece                     string // reference of the document
	PieceOn                   day.Day
	Label                     string
	Amount                    money.Amount // + debit, − credit
	ValidOn                   day.Day      // when the entry became final
}

// Name is the name of the file of a financial year.
func Name(siren string, last day.Day) string {
	return siren + "FEC" + compact(last) + ".txt"
}

// compact is a date as the file writes it: 20261120.
func compact(d day.Day) string { return strings.ReplaceAll(string(d), "-", "") }

// AccountNumber is an account as accounting programs take it: at least three digits, and at least length characters, zeros added.
func AccountNumber(code string, length int) string {
	for len(code) < max(length, 3) {
		code += "0"
	}
	return code
}
