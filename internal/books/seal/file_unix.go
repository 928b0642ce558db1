//go:build !windows

package seal

import (
	"io/fs"
	"os"
)

// openToOthers tells whether the mode of a file lets anyone but its owner in.
func openToOthers(mode fs.FileMode) bool { return mode.Perm()&0o077 != 0 }

// syncFolder makes the renaming of a file in the folder durable.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Sync()
}
