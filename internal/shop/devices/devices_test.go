package devices

import (
	"testing"

	"encaisse/internal/test/pagetest"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }
