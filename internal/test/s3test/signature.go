package s3test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// refusal checks the signature of a request (AWS Signature Version 4) and gives the code of the refusal, "" when it is good.
func refusal(r *http.Request) string {
	fields := map[string]string{}
	scheme, rest, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if scheme != "AWS4-HMAC-SHA256" {
		return "AccessDenied"
	}
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		fields[name] = value
	}
	credential := strings.Split(fields["Credential"], "/") // key, day, region, s3, aws4_request
	if len(credential) != 5 || credential[0] != AccessKey {
		return "InvalidAccessKeyId"
	}
	if credential[2] != Region && !r.URL.Query().Has("location") {
		return "AuthorizationHeaderMalformed"
	}
	sum := sha256.Sum256([]byte(canonical(r, strings.Split(fields["SignedHeaders"], ";"))))
	text := strings.Join([]string{scheme, r.Header.Get("X-Amz-Date"), strings.Join(credential[1:], "/"), hex.EncodeToString(sum[:])}, "\n")
	key := []byte("AWS4" + Secret)
	for _, part := range append(credential[1:], text) {
		key = sign(key, part)
	}
	if hex.EncodeToString(key) != fields["Signature"] {
		return "SignatureDoesNotMatch"
	}
	return ""
}

func sign(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// canonical is the request as both sides sign it.
func canonical(r *http.Request, signed []string) string {
	var query []string
	for name, values := range r.URL.Query() {
		for _, value := range values {
			query = append(query, url.QueryEscape(name)+"="+strings.ReplaceAll(url.QueryEscape(value), "+", "%20"))
		}
	}
	slices.Sort(query)
	lines := []string{r.Method, r.URL.EscapedPath(), strings.Join(query, "&")}
	for _, name := range signed {
		value := strings.TrimSpace(r.Header.Get(name))
		if name == "host" {
			value = r.Host
		} else if name == "content-length" && value == "" {
			value = r.Header.Get("Content-Length")
		}
		lines = append(lines, name+":"+value)
	}
	lines = append(lines, "", strings.Join(signed, ";"), r.Header.Get("X-Amz-Content-Sha256"))
	return strings.Join(lines, "\n")
}
