package days

import (
	"fmt"
	"strings"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

// Run runs the text of a day file on a store whose clock it turns, and gives the company it happened in. The error names the file and
// the line where what happened is not what was expected.
func Run(file, text string, d *db.DB, c *clock.Fake) (company string, err error) {
	story, err := parse(file, text)
	if err != nil {
		return "", err
	}
	s, err := story.open(d, c)
	if err != nil {
		return "", fmt.Errorf("%s: la boutique ne s’ouvre pas : %w", file, err)
	}
	return s.company, story.run(s)
}

// run takes each step. A refusal must be expected by the very next line, and a refusal that is expected must have happened.
func (st *story) run(s *shop) error {
	var refused *fault.Fault
	var by *line
	for _, step := range st.steps {
		if step.do == nil {
			if refused == nil {
				return step.line.fail("rien n’a été refusé juste avant")
			}
			if said := words(refused); !strings.Contains(plain(said), plain(step.refusal)) {
				return step.line.fail("refus attendu : « %s » ; refus reçu : « %s »", step.refusal, said)
			}
			refused = nil
			continue
		}
		if refused != nil {
			return by.fail("refusé : %s", words(refused))
		}
		err := step.do(s)
		if err == nil {
			continue
		}
		f, is := err.(*fault.Fault)
		if !is || f.Kind == fault.Internal {
			return step.line.fail("%v", err)
		}
		refused, by = f, step.line
	}
	if refused != nil {
		return by.fail("refusé : %s", words(refused))
	}
	return nil
}

// words is all that a refusal says.
func words(f *fault.Fault) string {
	text := f.Message
	for _, message := range f.Fields {
		text += " " + message
	}
	return text
}

// plain makes spaces that break and spaces that do not the same.
func plain(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
}
