//go:build unix

package db

import (
	"os"
	"syscall"
)

// lockFile takes an exclusive lock that the system releases when the process ends, however it ends.
func lockFile(path string) (release func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return func() {}, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return func() {}, err
	}
	return func() { f.Close() }, nil
}
