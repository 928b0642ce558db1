package db

import (
	"fmt"
	"path/filepath"
)

// Reserve keeps servers away from a file of SQLite until what it gives is called, and fails while one serves it.
func Reserve(path string) (release func(), err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	release, err = lockFile(path + ".lock")
	if err != nil {
		return nil, fmt.Errorf("db: a server serves %s: %w", path, err)
	}
	return release, nil
}
