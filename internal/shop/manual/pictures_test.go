package manual

import (
	"io/fs"
	"testing"

	"encaisse/docs/manuel"
)

func TestThePicturesOfTheManualAreThereAndSmallEnough(t *testing.T) {
	used := map[string]bool{}
	b := book()
	for _, c := range append([]*Chapter{b.Index}, b.Chapters...) {
		for _, name := range c.pictures {
			used[name] = true
			if _, err := fs.Stat(manuel.Files, name); err != nil {
				t.Errorf("%s shows %s: %v", c.Key, name, err)
			}
		}
	}
	names, err := fs.Glob(manuel.Files, "images/*.png")
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, name := range names {
		content, err := fs.ReadFile(manuel.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		total += len(content)
		if len(content) > 200<<10 {
			t.Errorf("%s weighs %d KB, more than 200", name, len(content)>>10)
		}
		if !used[name] {
			t.Errorf("no chapter shows %s", name)
		}
	}
	if total > 4<<20 {
		t.Errorf("the pictures weigh %d KB in all, more than 4,096", total>>10)
	}
}
