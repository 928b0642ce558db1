package ui

import "slices"

// Fields are the questions of a form, in its order.
type Fields []Field

// Get finds a question by its name. One that does not exist is a defect of the page and panics.
func (l Fields) Get(name string) Field {
	i := slices.IndexFunc(l, func(f Field) bool { return f.Name == name })
	if i < 0 {
		panic("ui: no field named " + name)
	}
	return l[i]
}

// FillAll puts in the questions what was typed and their errors.
func (a Answers) FillAll(l Fields) Fields {
	filled := make(Fields, len(l))
	for i, f := range l {
		filled[i] = a.Fill(f)
	}
	return filled
}
