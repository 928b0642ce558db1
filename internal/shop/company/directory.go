package company

// Entry is a company in the directory: how it is found, who looks after it, whether it is in use.
type Entry struct {
	Ref
	FirmID string // accounting firm with access, "" for none
	Active bool
}
