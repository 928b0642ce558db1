// Package assistant is the first run (mise en route): from an empty program to yesterday’s sheet ready to type. It makes the first
// administrator and their company, then leads through five short steps, each of which may be skipped and taken again. It only calls
// what the settings pages call: whatever it did can be changed there.
//
// Tables: setup_progress.
package assistant
