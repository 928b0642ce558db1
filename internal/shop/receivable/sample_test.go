package receivable_test

import (
	"testing"

	"encaisse/internal/shop/receivable"
	"encaisse/internal/test/pagetest"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, receivable.Samples()) }
