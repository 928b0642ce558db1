// Package scan is the room of tickets Z photographed: the paper of a till becomes figures of a day sheet, and stays beside them.
//
// A photo is received for an open day of a cash box. Package ocr reads its lines, outside of any transaction; what the lines say is worked
// out here: amounts with the mistakes such readings make, the words of methods and categories, totals, VAT, the number and the date of the
// ticket. The page shows the photo and, line by line, what was read, what it counts in and how sure that is, with the checks a ticket allows.
// A person corrects and confirms: the figures join the draft of the day, whose source says so, and the photo is kept as a file of the day.
// Closing stays an act of its own. What the words of a ticket count in is remembered shop by shop when a person said it.
//
// A photo nobody confirms is forgotten after a week, its file with it. Tables: scan, scan_file, scan_label. Decisions: 0092, 0093.
package scan
