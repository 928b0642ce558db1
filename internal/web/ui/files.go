package ui

// FilesLook is how the links of Files look, and which of them stay on a phone.
type FilesLook struct{ Print, Others string }

// The looks.
var (
	FilesMain = FilesLook{"btn principal", "btn seul-bureau"}   // at the head of a report, whose act is to print it
	FilesHead = FilesLook{"btn seul-bureau", "btn seul-bureau"} // at the head of a list that has another act
	FilesKept = FilesLook{"btn seul-bureau", "btn"}             // at the head of a list without any: a phone keeps the files
	FilesCard = FilesLook{"btn petit seul-bureau", "btn petit"} // in the head of a card
)
