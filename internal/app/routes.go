package app

import (
	"io/fs"
	"slices"

	"encaisse/internal/base/db"
	"encaisse/internal/paper/ocr"
	"encaisse/internal/shop/accounting"
	"encaisse/internal/shop/activity"
	"encaisse/internal/shop/api"
	"encaisse/internal/shop/assistant"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/copies"
	"encaisse/internal/shop/dashboard"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/deposit"
	"encaisse/internal/shop/devices"
	"encaisse/internal/shop/figures"
	"encaisse/internal/shop/firm"
	"encaisse/internal/shop/intake"
	"encaisse/internal/shop/journal"
	"encaisse/internal/shop/manual"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/question"
	"encaisse/internal/shop/receivable"
	"encaisse/internal/shop/scan"
	"encaisse/internal/shop/staff"
	"encaisse/internal/shop/tender"
	"encaisse/internal/shop/vatprep"
	"encaisse/internal/shop/voucher"
	"encaisse/internal/web"
)

// routes is everything a visitor can ask for, room by room.
func routes(d *db.DB, people *staff.Room, publicURL string, keeper copies.Keeper, appliances *devices.Room) []web.Route {
	counter := cashbox.Hooks{AfterMovement: daysheet.AfterMovement, Names: names, Software: "Encaisse " + version}
	return slices.Concat(
		[]web.Route{home(people)},
		people.Routes(),
		assistant.New(d, people, publicURL).Routes(),
		dashboard.New(d).Routes(),
		daysheet.New(d, daysheet.Hooks{Names: names, Compare: figures.MonthCard, Papers: scan.Papers, Questions: question.CardOf}).Routes(),
		scan.New(d, ocr.New(), names).Routes(),
		cashbox.New(d, counter).Routes(),
		party.New(d, "Encaisse "+version).Routes(),
		deposit.New(d, counter).Routes(),
		voucher.New(d, counter).Routes(),
		receivable.New(d, counter).Routes(),
		manual.Routes(),
		journal.New(d, "Encaisse "+version).Routes(),
		vatprep.New(d, "Encaisse "+version).Routes(),
		figures.New(d, figures.Hooks{Names: names, Software: "Encaisse " + version}).Routes(),
		accounting.New(d, staff.Names).Routes(),
		firm.New(d, people).Routes(),
		question.New(d).Routes(),
		company.New(d).Routes(),
		catalog.New(d).Routes(),
		tender.New(d).Routes(),
		links(d, publicURL).Routes(),
		intake.New(d, names).Routes(),
		activity.New(d, names, "Encaisse "+version).Routes(),
		copies.New(keeper, d.Now).Routes(),
		appliances.Routes(),
	)
}

// modules are the script modules of the rooms.
func modules() []fs.FS { return []fs.FS{cashbox.Scripts(), daysheet.Scripts()} }

// samples are the sample pages of every room.
func samples() []web.Sample {
	return slices.Concat(staff.Samples(), assistant.Samples(), dashboard.Samples(), daysheet.Samples(), scan.Samples(), cashbox.Samples(), party.Samples(), receivable.Samples(), voucher.Samples(), deposit.Samples(), journal.Samples(), figures.Samples(), vatprep.Samples(), accounting.Samples(), firm.Samples(), question.Samples(),
		company.Samples(), catalog.Samples(), tender.Samples(), manual.Samples(), api.Samples(), intake.Samples(), activity.Samples(), copies.Samples(), devices.Samples())
}
