package web

import "net/http"

// policy is what a page may load and do: files and scripts of this host only, nothing inline, nothing around it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
	"font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// secureHeaders go on every answer, errors included.
func (s *Site) secureHeaders(header http.Header) {
	header.Set("Content-Security-Policy", policy)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "same-origin")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), serial=(), browsing-topics=()")
	header.Set("Cache-Control", "no-store")
	if s.secure {
		header.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
}
