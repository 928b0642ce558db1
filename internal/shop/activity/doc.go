// Package activity is the room of the activity log (journal d’activité): who did what, when and from where.
//
// A line is left by each request that changes something in a company or takes figures out of it, in the transaction of the act itself
// (books/act.Leave), by each first visit of a session, and by each password refused to somebody of the company. Its words come from the route
// alone (words.go): no room writes lines of its own, and no line holds what was typed. Lines are never changed nor removed; the network
// addresses beside them are forgotten after a year.
//
// The log serves people: it is no proof. What is fiscal has its sealed journal of events (books/seal).
//
// Tables: none; activity and activity_origin belong to books/act. Decision: 0053. Law: RGPD art. 5-1-e and 32; CNIL, délibération 2021-122.
package activity
