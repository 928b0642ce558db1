package program

import (
	"os/exec"
	"runtime"
)

// running is a process that was started.
type running struct {
	started chan error
	done    chan struct{} // closed when the process has ended
}

// start starts a process and waits for it on one thread: where the system kills children with their parent, the parent is
// the thread, so the thread must live as long as the child.
func start(c *exec.Cmd) running {
	r := running{make(chan error, 1), make(chan struct{})}
	tie(c)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := c.Start()
		r.started <- err
		if err == nil {
			_ = c.Wait() // the status is read from ProcessState
		}
		close(r.done)
	}()
	return r
}
