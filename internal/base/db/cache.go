package db

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// staleAfter is how long a remembered reading may miss a change made by another program on the same store; a change made by this one
// shows at once.
const staleAfter = time.Second

// now keeps the machine’s steady clock: what is remembered grows old even when the time of day goes back.
func now() time.Time { return time.Now() }

// memory remembers readings of small tables that seldom change (settings, registers, rights), and when each table last changed. Time is
// counted in changes: every commit that changed something is one tick.
type memory struct {
	alone    bool // no other program writes to the store
	tick     atomic.Uint64
	changes  sync.Map // place → *atomic.Uint64: the tick of the last change
	readings sync.Map // company + "/" + name → reading
}

type reading struct {
	mark  uint64 // tick of the last change of the tables it comes from
	at    time.Time
	value any
}

// place names a table of a company, or of the directory whatever the company.
func place(company, table string) string {
	if directory[table] {
		company = ""
	}
	return company + "/" + table
}

func (m *memory) lastChange(place string) *atomic.Uint64 {
	if c, ok := m.changes.Load(place); ok {
		return c.(*atomic.Uint64)
	}
	c, _ := m.changes.LoadOrStore(place, new(atomic.Uint64))
	return c.(*atomic.Uint64)
}

// mark is the tick of the last change of some tables.
func (m *memory) mark(company string, tables []string) (mark uint64) {
	for _, table := range tables {
		mark = max(mark, m.lastChange(place(company, table)).Load())
	}
	return mark
}

// changed notes what a commit that is over has written.
func (m *memory) changed(places map[string]bool) {
	if len(places) == 0 {
		return
	}
	tick := m.tick.Add(1)
	for p := range places {
		last := m.lastChange(p)
		for was := last.Load(); was < tick && !last.CompareAndSwap(was, tick); was = last.Load() {
		}
	}
}

// Cached gives what read gives, remembered under a name for the handle’s company until one of the tables it reads is changed. An act whose
// group changed one of them reads again, and so does a snapshot older than the last change. What is given is shared: the caller must not
// change it.
func Cached[T any](q Querier, name string, tables []string, read func() (T, error)) (T, error) {
	m, mark, current := q.memory(tables)
	if !current {
		return read()
	}
	key := q.Company() + "/" + name
	if r, ok := m.readings.Load(key); ok {
		if r := r.(reading); r.mark == mark && now().Sub(r.at) < staleAfter {
			return r.value.(T), nil
		}
	}
	at := now()
	value, err := read()
	if err == nil {
		m.readings.Store(key, reading{mark, at, value})
	}
	return value, err
}

// Memo remembers, outside of any handle, what was worked out from tables of a company for as long as Cached would.
type Memo[T any] struct {
	mu    sync.Mutex
	kept  map[string]reading
	limit int
}

// NewMemo remembers about limit values.
func NewMemo[T any](limit int) *Memo[T] { return &Memo[T]{kept: map[string]reading{}, limit: limit} }

// Get gives the value of a key when nothing it was worked out from changed since. The mark it gives is for Put.
func (m *Memo[T]) Get(d *DB, key, company string, tables []string) (value T, ok bool, mark uint64) {
	mark = d.memo.mark(company, tables)
	m.mu.Lock()
	defer m.mu.Unlock()
	if r, found := m.kept[key]; found && r.mark == mark && now().Sub(r.at) < staleAfter {
		return r.value.(T), true, mark
	}
	return value, false, mark
}

// Put remembers a value worked out after Get gave mark.
func (m *Memo[T]) Put(key string, mark uint64, value T) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.kept) >= m.limit {
		clear(m.kept)
	}
	m.kept[key] = reading{mark, now(), value}
}

// memory gives the memory and the mark of some tables, and whether the handle sees them as they are remembered: its group wrote none of
// them nor is about to, and it began after their last change.
func (h *handle) memory(tables []string) (m *memory, mark uint64, current bool) {
	if h.holds(tables) {
		return h.memo, 0, false
	}
	for _, table := range tables {
		if h.written[place(h.company, table)] {
			return h.memo, 0, false
		}
	}
	mark = h.memo.mark(h.company, tables)
	return h.memo, mark, mark <= h.began
}

// CachedAlone is Cached for what a decision rests on: it remembers only where no other program writes to the store, and reads otherwise.
func CachedAlone[T any](q Querier, name string, tables []string, read func() (T, error)) (T, error) {
	if m, _, _ := q.memory(nil); !m.alone {
		return read()
	}
	return Cached(q, name, tables, read)
}

// CachedList is Cached for a list: each caller gets a copy of its own.
func CachedList[T any](q Querier, name string, tables []string, read func() ([]T, error)) ([]T, error) {
	list, err := Cached(q, name, tables, read)
	return slices.Clone(list), err
}
