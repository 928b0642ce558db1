package db

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"encaisse/internal/base/clock"
)

// staleAfter is how long a remembered reading may miss a change made by another program on the same store; a change made by this one
// shows at once.
const staleAfter = time.Second

// now is the machine’s clock, even where the store’s is turned by a test: other programs do not follow that one.
func now() time.Time { return clock.System{}.Now() }

// memory remembers readings of small tables that seldom change (settings, registers, rights), and counts the changes of every table.
type memory struct {
	alone    bool     // no other program writes to the store
	changes  sync.Map // company + "/" + table → *atomic.Uint64
	readings sync.Map // company + "/" + name → reading
}

type reading struct {
	changes uint64
	at      time.Time
	value   any
}

func (m *memory) counter(company, table string) *atomic.Uint64 {
	if directory[table] {
		company = ""
	}
	key := company + "/" + table
	if c, ok := m.changes.Load(key); ok {
		return c.(*atomic.Uint64)
	}
	c, _ := m.changes.LoadOrStore(key, new(atomic.Uint64))
	return c.(*atomic.Uint64)
}

func (m *memory) count(company string, tables []string) uint64 {
	var sum uint64
	for _, table := range tables {
		sum += m.counter(company, table).Load()
	}
	return sum
}

// changed notes that a committed act wrote tables.
func (m *memory) changed(company string, tables map[string]bool) {
	for table := range tables {
		m.counter(company, table).Add(1)
	}
}

// Cached gives what read gives, remembered under a name for the handle’s company until one of the tables it reads is changed. An act that
// changed one of them itself reads again. What is given is shared: the caller must not change it.
func Cached[T any](q Querier, name string, tables []string, read func() (T, error)) (T, error) {
	m := q.memory()
	if m == nil || q.wrote(tables) {
		return read()
	}
	key, changes := q.Company()+"/"+name, m.count(q.Company(), tables)
	if r, ok := m.readings.Load(key); ok {
		if r := r.(reading); r.changes == changes && now().Sub(r.at) < staleAfter {
			return r.value.(T), nil
		}
	}
	at := now()
	value, err := read()
	if err == nil {
		m.readings.Store(key, reading{changes, at, value})
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
	mark = d.memo.count(company, tables)
	m.mu.Lock()
	defer m.mu.Unlock()
	if r, found := m.kept[key]; found && r.changes == mark && now().Sub(r.at) < staleAfter {
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

func (h *handle) memory() *memory { return h.memo }

func (h *handle) wrote(tables []string) bool {
	for _, table := range tables {
		if h.written[table] {
			return true
		}
	}
	return false
}

// writes tells whether a statement may change rows.
func writes(query string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(query), " ")
	return !strings.EqualFold(word, "SELECT")
}

// CachedAlone is Cached for what a decision rests on: it remembers only where no other program writes to the store, and reads otherwise.
func CachedAlone[T any](q Querier, name string, tables []string, read func() (T, error)) (T, error) {
	if m := q.memory(); m == nil || !m.alone {
		return read()
	}
	return Cached(q, name, tables, read)
}

// CachedList is Cached for a list: each caller gets a copy of its own.
func CachedList[T any](q Querier, name string, tables []string, read func() ([]T, error)) ([]T, error) {
	list, err := Cached(q, name, tables, read)
	return slices.Clone(list), err
}
