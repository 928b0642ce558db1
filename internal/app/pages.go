package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"encaisse/internal/base/right"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Pages serves every page with sample data.
type Pages struct {
	Listen string `default:"127.0.0.1:8081" help:"Address to serve on."`
}

// Run implements the command.
func (c Pages) Run(ctx context.Context, p *Program) error {
	site, err := sampleSite(append([]web.Sample{guide()}, samples()...))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("this address cannot be served: %w", err)
	}
	fmt.Fprintf(p.out, "Sample pages on http://%s\n", listener.Addr())
	server := site.Server(c.Listen)
	go func() {
		<-ctx.Done()
		patience, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		server.Shutdown(patience)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// guide is the page of the components.
func guide() web.Sample {
	return web.Sample{Name: "composants", Title: "Composants", Page: ui.StyleGuide(ui.Frame{Title: "Composants"})}
}

// nobody is the gate of a site without people.
type nobody struct{}

func (nobody) Identify(*http.Request) (web.Identity, error) { return web.Identity{}, nil }
func (nobody) Enter(context.Context, web.Identity, string) (web.Access, error) {
	return web.Access{}, errors.New("app: sample pages have no company")
}

// sampleSite serves each sample under its name, and the list of them.
func sampleSite(list []web.Sample) (*web.Site, error) {
	frame := ui.Frame{Title: "Toutes les pages", Subtitle: "Avec des données d’exemple, sans base de données"}
	var links []ui.Link
	routes := []web.Route{{Method: http.MethodGet, Path: "/", Right: right.Public, Do: func(c *web.Ctx) error { return c.Render(http.StatusOK, ui.LinkList(frame, links)) }}}
	for _, s := range list {
		path := "/pages/" + s.Name
		links = append(links, ui.Link{Label: s.Title, URL: path})
		routes = append(routes, web.Route{Method: http.MethodGet, Path: path, Right: right.Public, Do: func(c *web.Ctx) error { return c.Render(http.StatusOK, s.Page) }})
	}
	return web.New(web.Config{Gate: nobody{}, Routes: routes, Modules: modules()})
}
