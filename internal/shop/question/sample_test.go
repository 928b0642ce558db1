package question_test

import (
	"testing"

	"encaisse/internal/shop/question"
	"encaisse/internal/test/pagetest"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, question.Samples()) }
