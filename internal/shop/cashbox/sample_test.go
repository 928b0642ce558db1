package cashbox_test

import (
	"testing"

	"encaisse/internal/shop/cashbox"
	"encaisse/internal/test/pagetest"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, cashbox.Samples()) }
