//go:build !unix

// Package postgres runs a private PostgreSQL server for tests, on Unix systems only.
package postgres

import "errors"

// Server is a running server.
type Server struct{ DSN string }

var errSystem = errors.New("postgres: a private server is started on Unix systems only; set ENCAISSE_TEST_POSTGRES")

// Start refuses.
func Start() (*Server, error) { return nil, errSystem }

// Find refuses.
func Find() (string, error) { return "", errSystem }

// Stop has nothing to stop.
func (s *Server) Stop() error { return nil }
