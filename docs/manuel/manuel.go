// Package manuel holds the chapters of the manual, in French, and their pictures. The program serves them under /aide.
package manuel

import "embed"

// Files are the chapters (*.md) and their pictures (images/*.png).
//
//go:embed *.md images/*.png
var Files embed.FS
