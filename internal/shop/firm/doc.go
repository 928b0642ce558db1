// Package firm is the room of the accounting firm (cabinet): all its companies on one screen, the days of a month side by side, the worst
// first; reminders written to several clients at once, their exports in one archive, settings given to several companies; and the letter of
// alerts that anybody may ask for.
//
// The screen of a thousand companies opens none of them: it reads the summaries that each act on a day keeps (daysheet.Summary). Who sees
// which company is what staff says: the companies of the firm, kept to portfolios. It posts nothing, and names accounts nowhere.
//
// Tables, all of the directory: firm_template, firm_reminder, alert_digest.
package firm
