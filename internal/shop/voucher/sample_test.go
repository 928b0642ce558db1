package voucher_test

import (
	"testing"

	"encaisse/internal/shop/voucher"
	"encaisse/internal/test/pagetest"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, voucher.Samples()) }
