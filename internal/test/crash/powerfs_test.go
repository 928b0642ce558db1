//go:build linux

package crash

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// A file system for power cuts: what is written passes through to one folder, and what was synchronised is also kept in another, which
// is all a disk would hold after a cut. A file named "quota" in the parent of the folders bounds, in bytes, how far files may grow.

// change is a write, or a truncation when data is nil, not synchronised yet.
type change struct {
	at   int64
	data []byte
}

type disk struct {
	mu      sync.Mutex
	pending map[string][]change
	durable string
	quota   string
}

// full tells whether a file may no longer grow up to a size.
func (d *disk) full(size int64) bool {
	text, err := os.ReadFile(d.quota)
	if err != nil {
		return false
	}
	limit, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	return err == nil && size > limit
}

type node struct {
	*fs.LoopbackNode
	disk *disk
}

// WrapChild makes every file and folder below one of this disk.
func (n *node) WrapChild(_ context.Context, ops fs.InodeEmbedder) fs.InodeEmbedder {
	return &node{ops.(*fs.LoopbackNode), n.disk}
}

type file struct {
	fs.FileHandle
	path string
	disk *disk
}

func (n *node) open(path string, h fs.FileHandle) *file { return &file{h, path, n.disk} }

func (f *file) Write(ctx context.Context, data []byte, at int64) (uint32, syscall.Errno) {
	if f.disk.full(at + int64(len(data))) {
		return 0, syscall.ENOSPC
	}
	n, errno := f.FileHandle.(fs.FileWriter).Write(ctx, data, at)
	if errno == 0 {
		f.disk.mu.Lock()
		f.disk.pending[f.path] = append(f.disk.pending[f.path], change{at: at, data: append([]byte{}, data[:n]...)})
		f.disk.mu.Unlock()
	}
	return n, errno
}

func (f *file) Read(ctx context.Context, to []byte, at int64) (fuse.ReadResult, syscall.Errno) {
	return f.FileHandle.(fs.FileReader).Read(ctx, to, at)
}

func (f *file) Release(ctx context.Context) syscall.Errno {
	return f.FileHandle.(fs.FileReleaser).Release(ctx)
}

func (f *file) Flush(ctx context.Context) syscall.Errno {
	return f.FileHandle.(fs.FileFlusher).Flush(ctx)
}

func (f *file) Getattr(ctx context.Context, out *fuse.AttrOut) syscall.Errno {
	return f.FileHandle.(fs.FileGetattrer).Getattr(ctx, out)
}

func (f *file) Setattr(ctx context.Context, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	errno := f.FileHandle.(fs.FileSetattrer).Setattr(ctx, in, out)
	if size, ok := in.GetSize(); ok && errno == 0 {
		f.disk.mu.Lock()
		f.disk.pending[f.path] = append(f.disk.pending[f.path], change{at: int64(size)})
		f.disk.mu.Unlock()
	}
	return errno
}

func (f *file) Getlk(ctx context.Context, owner uint64, lock *fuse.FileLock, flags uint32, out *fuse.FileLock) syscall.Errno {
	return f.FileHandle.(fs.FileGetlker).Getlk(ctx, owner, lock, flags, out)
}

func (f *file) Setlk(ctx context.Context, owner uint64, lock *fuse.FileLock, flags uint32) syscall.Errno {
	return f.FileHandle.(fs.FileSetlker).Setlk(ctx, owner, lock, flags)
}

func (f *file) Setlkw(ctx context.Context, owner uint64, lock *fuse.FileLock, flags uint32) syscall.Errno {
	return f.FileHandle.(fs.FileSetlkwer).Setlkw(ctx, owner, lock, flags)
}

// Fsync makes what is pending durable.
func (f *file) Fsync(context.Context, uint32) syscall.Errno {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	kept, err := os.OpenFile(filepath.Join(f.disk.durable, f.path), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return syscall.EIO
	}
	defer kept.Close()
	for _, c := range f.disk.pending[f.path] {
		if c.data == nil {
			err = errors.Join(err, kept.Truncate(c.at))
		} else {
			_, failed := kept.WriteAt(c.data, c.at)
			err = errors.Join(err, failed)
		}
	}
	if err != nil {
		return syscall.EIO
	}
	f.disk.pending[f.path] = nil
	return 0
}

func (n *node) Open(ctx context.Context, flags uint32) (fs.FileHandle, uint32, syscall.Errno) {
	h, fuseFlags, errno := n.LoopbackNode.Open(ctx, flags)
	if errno != 0 {
		return nil, 0, errno
	}
	return n.open(n.Path(n.Root()), h), fuseFlags, 0
}

func (n *node) Create(ctx context.Context, name string, flags, mode uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	inode, h, fuseFlags, errno := n.LoopbackNode.Create(ctx, name, flags, mode, out)
	if errno != 0 {
		return nil, nil, 0, errno
	}
	return inode, n.open(filepath.Join(n.Path(n.Root()), name), h), fuseFlags, 0
}

func (n *node) Unlink(ctx context.Context, name string) syscall.Errno {
	errno := n.LoopbackNode.Unlink(ctx, name)
	path := filepath.Join(n.Path(n.Root()), name)
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	delete(n.disk.pending, path)
	os.Remove(filepath.Join(n.disk.durable, path))
	return errno
}

// mount serves the file system until it is killed: folder below, mount point, folder of what is durable, file of the quota.
func mount(arguments []string) error {
	d := &disk{pending: map[string][]change{}, durable: arguments[2], quota: arguments[3]}
	root := &fs.LoopbackRoot{Path: arguments[0]}
	root.RootNode = &node{&fs.LoopbackNode{RootData: root}, d}
	server, err := fs.Mount(arguments[1], root.RootNode, &fs.Options{MountOptions: fuse.MountOptions{EnableLocks: true, DirectMount: true}})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	server.Wait()
	return nil
}
