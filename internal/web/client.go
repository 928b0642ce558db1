package web

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// ClientKey is the network address of the visitor, for limits and for the list of their sessions. It is a whole IPv4 address,
// or the network (/64) of an IPv6 one, of which a visitor has as many as they like.
func (c *Ctx) ClientKey() string { return c.site.clientKey(c.R) }

func (s *Site) clientKey(r *http.Request) string {
	address := s.client(r)
	if address.Is6() {
		if network, err := address.Prefix(64); err == nil {
			return network.String()
		}
	}
	return address.String()
}

// client is the address of the visitor: that of the connection, or, when it comes from a proxy we trust, the last one in
// X-Forwarded-For that no trusted proxy wrote about itself. What strangers write in that header is never believed.
func (s *Site) client(r *http.Request) netip.Addr {
	connection, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	address := connection.Addr().Unmap().WithZone("")
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !s.trusted(address) {
			break
		}
		next, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		address = next.Unmap().WithZone("")
	}
	return address
}

func (s *Site) trusted(address netip.Addr) bool {
	return slices.ContainsFunc(s.proxies, func(p netip.Prefix) bool { return p.Contains(address) })
}
