// Package api is the room of the links (liaisons) with other programs, and what those programs ask for: they send the day sheets of a till
// we do not know, and read what became of them.
//
// A link holds a token, shown once and kept as a digest, some rights and perhaps some cash boxes only. What a program asks for goes through
// the daysheet room’s own verbs, in the name of its link: nothing here computes or posts. What may be asked is one list, http_operations.go:
// routes, reading of what is sent and the OpenAPI document all come from it and from the Go types it names, so that they cannot differ.
//
// Tables: api_link. Decisions: 0050.
package api
