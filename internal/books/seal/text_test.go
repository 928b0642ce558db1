package seal

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTheSignedTextIsTheOneInTheDocumentation(t *testing.T) { // LAW-ISCA-S-1, LAW-ISCA-S-2
	at := time.Date(2026, 11, 20, 18, 4, 5, 67_000, time.UTC)
	fields, err := joinFields([]string{"2000:12000", "a,b", `c\d`, "e\r\nf", ""})
	if err != nil {
		t.Fatal(err)
	}
	r := Stored{Register: "office", Chain: "sale", Seq: 2, At: at, On: "2026-11-20", SourceKind: "ticket", SourceID: "t2", Fields: fields, Digest: []byte{0xab, 1}, KeyID: "K", Format: 1}
	want := `1,company,K,office,sale,ticket,t2,2000:12000,a\,b,c\\d,e\r\nf,,2,20261120180405000067,2026-11-20,ab01,N,before`
	if got := string(signedText("company", r, "before")); got != want {
		t.Errorf("text\n%s\nwant\n%s", got, want)
	}
	r.Seq, r.Fields = 1, ""
	want = `1,company,K,office,sale,ticket,t2,1,20261120180405000067,2026-11-20,ab01,Y,`
	if got := string(signedText("company", r, "")); got != want {
		t.Errorf("text\n%s\nwant\n%s", got, want)
	}
}

func TestFieldsAreReadAsTheyWereGiven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fields := rapid.SliceOf(rapid.StringOf(rapid.SampledFrom([]rune("a,\\nr\n\r€")))).Draw(t, "fields")
		text, err := joinFields(fields)
		if err != nil {
			t.Fatal(err)
		}
		if back := splitFields(text); !slices.Equal(back, fields) {
			t.Fatalf("%q became %q through %q", fields, back, text)
		}
		if strings.ContainsAny(text, "\r\n") {
			t.Fatalf("%q has more than one line", text)
		}
	})
}

func TestTwoListsOfFieldsNeverHaveTheSameText(t *testing.T) {
	lists := [][]string{nil, {""}, {"", ""}, {","}, {",", ""}, {`\`}, {`\,`}, {`\`, ""}, {"\n"}, {`\n`}, {"a", "b"}, {"a,b"}, {"ab"}}
	seen := map[string][]string{}
	for _, fields := range lists {
		text, err := joinFields(fields)
		if err != nil {
			t.Fatal(err)
		}
		if other, known := seen[text]; known {
			t.Errorf("%q and %q have the same text %q", other, fields, text)
		}
		seen[text] = fields
	}
}

func TestWhatIsNotATextIsNotSigned(t *testing.T) {
	for _, field := range []string{"\x00", "a\xff"} {
		if _, err := joinFields([]string{"x", field}); err == nil {
			t.Errorf("%q was taken", field)
		}
	}
}

func TestTheExtractIsCharacters3And7And13And19(t *testing.T) { // LAW-ISCA-S-4
	if got := Extract("abCdefGhijklMnopqrStuv"); got != "CGMS" {
		t.Errorf("extract %q", got)
	}
	if got := Extract("abCdefGhijklMnopqr"); got != "" {
		t.Errorf("extract %q of a signature too short to be one", got)
	}
}

func TestHeadsAreReadAsTheyWereWritten(t *testing.T) {
	at := time.UnixMicro(1_790_000_000_123_456).UTC()
	heads := []Head{{"r", "sale", 12, "sig-b", at}, {"r", "event", 3, "sig_a", at}}
	text := writeHeads(slices.Clone(heads))
	back, err := readHeads("r", text)
	if err != nil || !slices.Equal(back, []Head{heads[1], heads[0]}) {
		t.Errorf("%v %v through %q", back, err, text)
	}
	for _, wrong := range []string{"sale 12\n", "sale x 1 s\n", "sale 1 x s\n"} {
		if _, err := readHeads("r", wrong); err == nil {
			t.Errorf("%q was read", wrong)
		}
	}
	said, err := repeatedHeads("r", append([]string{"total", "head:own:field:x"}, headFields(back)...))
	if err != nil || len(said) != 2 || said[1].Chain != "sale" || said[1].Seq != 12 || said[1].Signature != "sig-b" {
		t.Errorf("said %v %v", said, err)
	}
	for _, wrong := range [][]string{nil, {"x"}, {"heads:2", "heads:3"}, {"head:sale:x:s", "heads:1"}, {"head:sale", "heads:1"}, {"heads:-1"}} {
		if _, err := repeatedHeads("r", wrong); err == nil {
			t.Errorf("%q was read", wrong)
		}
	}
}

func TestEveryCodeOfTheTableIsDatedAndSaysHowSureItIs(t *testing.T) { // LAW-JET-2
	seen := map[int]bool{}
	for _, c := range Codes() {
		if c.Label == "" || c.From == "" || !slices.Contains([]string{"published", "secondary", "own"}, c.Known) {
			t.Errorf("code %d: %+v", c.Number, c)
		}
		if c.Known == "own" != (c.Number >= 9000) {
			t.Errorf("code %d: own codes, and they alone, begin at 9000", c.Number)
		}
		if seen[c.Number] && c.Until == "" {
			t.Errorf("code %d is in use twice", c.Number)
		}
		seen[c.Number] = true
	}
	if _, known := CodeOf(NewKey, "2017-12-31"); known {
		t.Error("a code is in use before its first day")
	}
	if _, known := CodeOf(12345, "2026-11-20"); known {
		t.Error("a code that is not in the table was found")
	}
}
