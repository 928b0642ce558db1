//go:build unix

package app

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// giveBack gives what an administrator’s update wrote to the owner of the data folder, who must go on with it.
func (s *site) giveBack() {
	info, err := os.Stat(s.p.Data)
	if err != nil || os.Geteuid() != 0 {
		return
	}
	owner, is := info.Sys().(*syscall.Stat_t)
	if !is || owner.Uid == 0 {
		return
	}
	filepath.WalkDir(s.p.Data, func(path string, _ fs.DirEntry, err error) error {
		if err == nil {
			os.Lchown(path, int(owner.Uid), int(owner.Gid))
		}
		return nil
	})
}
