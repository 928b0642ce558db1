package seal

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// format is the version of the signed text this program writes.
const format = 1

var (
	escaper   = strings.NewReplacer(`\`, `\\`, ",", `\,`, "\n", `\n`, "\r", `\r`)
	unescaper = strings.NewReplacer(`\\`, `\`, `\,`, ",", `\n`, "\n", `\r`, "\r")
)

// joinFields writes fields the way they are signed and kept: escaped, each followed by a comma. Different lists give different texts.
func joinFields(fields []string) (string, error) {
	var b strings.Builder
	for i, f := range fields {
		if !utf8.ValidString(f) || strings.ContainsRune(f, 0) {
			return "", fmt.Errorf("seal: field %d is not a text", i+1)
		}
		escaper.WriteString(&b, f)
		b.WriteByte(',')
	}
	return b.String(), nil
}

// splitFields reads what joinFields wrote.
func splitFields(text string) []string {
	var fields []string
	start := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case ',':
			fields = append(fields, unescaper.Replace(text[start:i]))
			start = i + 1
		}
	}
	return fields
}

// signedText is the text whose SHA-256 is signed (see the package's documentation).
func signedText(company string, r Stored, previous string) []byte {
	first := "N"
	if r.Seq == 1 {
		first = "Y"
	}
	b := make([]byte, 0, 512+len(r.Fields))
	for _, part := range []string{strconv.FormatInt(r.Format, 10), company, r.KeyID, r.Register, r.Chain, r.SourceKind, r.SourceID} {
		b = append(b, escaper.Replace(part)...)
		b = append(b, ',')
	}
	b = append(b, r.Fields...)
	for _, part := range []string{strconv.FormatInt(r.Seq, 10), instant(r.At), string(r.On), hex.EncodeToString(r.Digest), first} {
		b = append(b, escaper.Replace(part)...)
		b = append(b, ',')
	}
	return append(b, previous...)
}

// instant writes an instant in UTC as YYYYMMDDHHMMSS and six digits of microseconds.
func instant(t time.Time) string {
	t = t.UTC()
	return t.Format("20060102150405") + fmt.Sprintf("%06d", t.Nanosecond()/1000)
}
