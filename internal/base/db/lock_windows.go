//go:build windows

package db

import (
	"os"
	"syscall"
)

// lockFile opens a file that nobody else may open meanwhile; the system releases it when the process ends, however it ends.
func lockFile(path string) (release func(), err error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return func() {}, err
	}
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return func() {}, err
	}
	f := os.NewFile(uintptr(h), path)
	return func() { f.Close() }, nil
}
