package browser

import (
	"context"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// loading follows what a window loads: a step waits for the page an act leads to, instead of finding what the page before it still shows.
type loading struct {
	mu     sync.Mutex
	frames map[cdp.FrameID]bool
	left   chan struct{} // closed when another document takes the window, and made anew
}

func newLoading() *loading {
	return &loading{frames: map[cdp.FrameID]bool{}, left: make(chan struct{})}
}

// hear takes an event of the window.
func (l *loading) hear(event any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch e := event.(type) {
	case *page.EventFrameStartedLoading:
		l.frames[e.FrameID] = true
	case *page.EventFrameStoppedLoading:
		delete(l.frames, e.FrameID)
	case *page.EventFrameDetached:
		delete(l.frames, e.FrameID)
	case *page.EventFrameNavigated:
		if e.Frame.ParentID == "" {
			close(l.left)
			l.left = make(chan struct{})
		}
	}
}

// over says whether nothing is on its way.
func (l *loading) over() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.frames) == 0
}

// leaving is closed when another document takes the window.
func (l *loading) leaving() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.left
}

// act does what may lead to another page, and comes back when the browser knows whether it does. A page that leaves while it is
// touched may never say that it was.
func (p *Page) act(step string, action chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.tab, patience)
	defer cancel()
	left, done := p.loading.leaving(), make(chan error, 1)
	go func() { done <- chromedp.Do(ctx, action) }()
	var err error
	select {
	case err = <-done:
	case <-left:
		select {
		case err = <-done:
		case <-time.After(time.Second):
		}
	}
	if err != nil {
		p.t.Fatalf("%s: %v", step, err)
	}
	p.settle()
}

// settle lets the page do what it put off to the end of an act, as sending a form. Where the page is left meanwhile there is no answer.
func (p *Page) settle() {
	if p.mute {
		time.Sleep(50 * time.Millisecond) // a page without script has no later
		return
	}
	_, _ = ask[bool](p, `new Promise(later => setTimeout(() => later(true)))`, chromedp.EvalAwaitPromise)
}
