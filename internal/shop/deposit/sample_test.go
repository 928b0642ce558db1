package deposit_test

import (
	"testing"

	"encaisse/internal/shop/deposit"
	"encaisse/internal/test/pagetest"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, deposit.Samples()) }
