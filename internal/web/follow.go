package web

import (
	"context"
	"net/http"
)

// follow has somebody follow a request in a company: what it does is done in the context they give, and they are told when it was answered
// well. A failure of theirs is logged and takes nothing back.
func (s *Site) follow(c *Ctx) (done func()) {
	if s.watch == nil || c.CompanyID == "" {
		return func() {}
	}
	ctx, finish := s.watch(c)
	if finish == nil {
		return func() {}
	}
	c.R = c.R.WithContext(ctx)
	return func() {
		if m := exchangeOf(c.R).meter; m != nil && m.status >= http.StatusBadRequest {
			return
		}
		if err := finish(); err != nil {
			s.log.Error("what was done is not in the log of activity", "request", c.Reference(), "route", c.route.String(), "company", c.CompanyID, "error", err)
		}
	}
}

// ClientOf is the network address of the visitor whose request a context belongs to, as ClientKey says it; "" outside of a request.
func ClientOf(ctx context.Context) string {
	if x, ok := ctx.Value(exchangeKey{}).(*exchange); ok {
		return x.client
	}
	return ""
}
