// Package schema holds the only DDL of the program: twin migrations, by number and name, for SQLite and PostgreSQL.
package schema

import "embed"

// Files are the migrations, in the folders sqlite and postgres.
//
//go:embed sqlite/*.sql postgres/*.sql
var Files embed.FS
