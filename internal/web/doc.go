// Package web is the window: it receives requests, knows who asks and what they may see, and turns what the rooms answer into
// pages. A room gives a list of Routes; each names the right it needs and one function that answers. Everything else is done
// once, here: sign-in and rights, sizes and time limits, forms read, faults turned into French pages, headers, compression,
// the access log. It knows no room and no book.
//
// The walk of a request: observe (id, log, panics) → headers → cross-origin check → rate limit → route → body limits →
// who (Gate.Identify) → company and rights (Gate.Enter) → the room's function → its page, or the page of its fault.
package web
