package browser

import "github.com/chromedp/chromedp"

// Picture is what the window shows, as a PNG of its size: from the top, fonts and images loaded, nothing focused.
func (p *Page) Picture() []byte {
	p.t.Helper()
	p.do("still", chromedp.Evaluate[chromedp.Void](`document.querySelector("dialog[open]") || document.activeElement.blur(), window.scrollTo(0, 0)`))
	p.until("still", `document.fonts.status === "loaded" && [...document.images].every(image => image.complete)`)
	content, err := chromedp.Run(p.tab, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatalf("picture: %v", err)
	}
	return content
}
