// Package intake is the room of imports: day sheets, customers and suppliers that come in a file, a CSV or an Excel workbook.
//
// A file is received and its columns are matched with what they hold; the matching is remembered by the shape of the file (its titles), so
// that the next file of the same source needs nothing. The page shows what would come in, and every fault on its line. Then all of it
// comes in or nothing: it is written in parts by a job, so that others work meanwhile, and a part refused or a stop takes the earlier parts
// back. Day sheets come in as drafts; closing them, when it is asked for, follows day by day, and a day that may not be closed stays a draft.
//
// An import is undone as far as that is sound: drafts and cards nobody touched since disappear, a day it closed is corrected to nothing,
// because what was sealed is never removed. What somebody worked on since is left and named.
//
// Tables: intake, intake_file, intake_item, intake_mapping. Decisions: 0051, 0052.
package intake
