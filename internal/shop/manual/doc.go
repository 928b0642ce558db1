// Package manual is the room of the manual (mode d’emploi): the chapters of docs/manuel as pages, and which chapter explains which page.
//
// A chapter is a Markdown file; index.md is the table of contents, and the order of the chapters is that of its links. Chapters are
// written with plain spaces: the typography that French asks for (spaces that do not break before : ; ! ? » € %, after « and inside
// numbers) is put in when they are rendered. Raw HTML in a chapter is left out.
//
// The manual is the same for everybody and needs no sign-in. This room owns no table and posts nothing.
package manual
