package ui

import (
	"io"
	"strings"
	"testing"

	"encaisse/internal/base/fault"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
)

type templWriter = io.Writer

// hostile are texts that break out of a place where they are not escaped: elements, attributes, addresses, comments, scripts.
var hostile = []string{
	`<script>alert(1)</script>`, `"><script>alert(1)</script>`, `'><img src=x onerror=alert(1)>`, `</title><svg onload=alert(1)>`, `</textarea><script>alert(1)</script>`,
	`" onfocus=alert(1) autofocus="`, `' onmouseover='alert(1)`, `javascript:alert(1)`, `JaVaScRiPt:alert(1)`, " \tjava\nscript:alert(1)", `data:text/html,<script>alert(1)</script>`, `vbscript:x`,
	`--><script>alert(1)</script><!--`, `]]><script>alert(1)</script>`, `{{constructor.constructor('alert(1)')()}}`, `&lt;script&gt;alert(1)&lt;/script&gt;`, `&#x3C;script&#x3E;`, `<iframe srcdoc="<script>alert(1)</script>">`,
	`<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`, "\u2028alert(1)", "<a href=\"\x01javascript:alert(1)\">", `</select><script>alert(1)</script>`, `</dialog></main></body></html><script>`,
}

// everywhere puts a text in each place a component takes one from people.
func everywhere(x string) templ.Component {
	options := []Option{{Value: x, Label: x, Help: x, Group: x}, {Value: "b", Label: x}}
	field := Field{Name: "n", ID: "i", Label: x, Help: x, Value: x, Error: x, Placeholder: x, Options: options}
	frame := Frame{
		Title: x, Subtitle: x, Back: Link{Label: x, URL: x}, Help: x, Nav: []NavItem{{Label: x, Icon: "accueil", URL: x}}, Company: Company{Name: x, HomeURL: x, SwitchURL: x},
		User: User{Name: x, Email: x}, Flash: &Flash{Tone: OK, Text: x}, Path: x,
	}
	refused := fault.New(fault.Invalid, x).Field("n", x).Field("autre", x)
	return templ.Join(
		Shell(frame), Plain(frame), TextField(field), PasswordField(field), AmountField(field), CountField(field), PercentField(field), DateField(field), TextArea(field), FileField(field),
		SelectField(field), Checkbox(field), Chips(field), Choices(field), Hidden("n", x), Refusal(refused, field), Refusal(fault.New(fault.Conflict, x)),
		Card(Head{Title: x}), Status(OK, "coche", x), Alert(Warn, x), Empty(EmptyState{Icon: "coche", Title: x, Text: x, Action: Link{Label: x, URL: x}, Second: Link{Label: x, URL: x}}),
		DataTable(Table{Caption: x, Columns: []Column{{Label: x}}, Rows: []Row{{Cells: []templ.Component{Text(x)}, URL: x}}}), SegmentBar(Segments{Label: x, Items: []Segment{{Label: x, URL: x}}}),
		StepBar(x, []Step{{Label: x, URL: x}}), TaskList([]Task{{Icon: "coche", Title: x, Text: x, Action: Link{Label: x, URL: x}}}), Facts([]Fact{{Label: x, Value: Text(x)}}),
		Confirm(Question{ID: "q", Opener: x, Title: x, Text: x, Action: x, Button: x, Hidden: []HeldField{{Name: x, Value: x}}}), Sortable(Order{Action: x, Label: x, Items: []OrderItem{{ID: x, Label: x}}}),
		KPI(Figure{Label: x, Value: x, Unit: x}), Gauge(Level{Label: x, Value: 1, Full: 2}), ShareBar([]Slice{{Label: x, Amount: 1}}), BarChart(x, []Bar{{Label: x, Amount: 1, URL: x}}),
		LineChart(Lines{Title: x, Summary: x, Axis: x, Labels: []string{x}, Series: []Series{{Name: x, Values: []int64{1}}, {Name: x}}}), Sparkline(x, []int64{1}),
		Files(templ.SafeURL(x), templ.SafeURL(x), templ.SafeURL(x), FilesLook{Print: x, Others: x}),
		ErrorPage(Failure{Frame: frame, Message: x, Advice: x, Fields: []string{x}, Next: Link{Label: x, URL: x}, Reference: x}),
		HeldPage(Held{Frame: frame, Action: x, SignInURL: x, Fields: []HeldField{{Name: x, Value: x}}, Files: []string{x}}),
	)
}

// skeleton is the elements and attributes of a page, without texts and values: what a hostile text must not change. Addresses
// are checked on the way.
func skeleton(t *testing.T, page string) string {
	t.Helper()
	var b strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(page))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if tokens.Err() != io.EOF {
				t.Fatal(tokens.Err())
			}
			return b.String()
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken, html.CommentToken, html.DoctypeToken:
			token := tokens.Token()
			b.WriteString(token.Type.String() + " ")
			if token.Type != html.CommentToken {
				b.WriteString(token.Data)
			}
			for _, a := range token.Attr {
				b.WriteString(" " + a.Key)
				value := strings.ToLower(strings.TrimLeft(a.Val, " \t\n\x01"))
				if a.Key == "href" || a.Key == "action" || a.Key == "src" {
					for _, scheme := range []string{"javascript:", "data:", "vbscript:", "java"} {
						if strings.HasPrefix(value, scheme) {
							t.Errorf("an address of %s runs: %q", token.Data, a.Val)
						}
					}
				}
			}
			b.WriteByte('\n')
		}
	}
}

func TestNoTextPeopleGiveBecomesPartOfThePage(t *testing.T) {
	want := skeleton(t, render(t, everywhere("bonjour")))
	if n := strings.Count(want, "\n"); n < 500 {
		t.Fatalf("only %d elements are tried", n)
	}
	for _, text := range hostile {
		if got := skeleton(t, render(t, everywhere(text))); got != want {
			t.Errorf("the text %q changes the page", text)
		}
	}
}
