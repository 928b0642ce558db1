package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/shop/copies"
	"encaisse/internal/web"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// gauges are what the program tells Prometheus: how it answers, and how it writes. Nothing in them names a person or a company.
type gauges struct {
	registry *prometheus.Registry
	answers  *prometheus.HistogramVec
}

func newGauges(d *db.DB) *gauges {
	g := &gauges{registry: prometheus.NewRegistry(), answers: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "encaisse_http_seconds", Help: "Time to answer, by route and status.", Buckets: []float64{.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5},
	}, []string{"route", "status"})}
	g.registry.MustRegister(g.answers, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "encaisse_commits_total", Help: "Commits of the database."}, func() float64 { return float64(d.Stats().Commits) }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "encaisse_acts_total", Help: "Acts held in these commits."}, func() float64 { return float64(d.Stats().Acts) }))
	return g
}

func (g *gauges) observe(o web.Observation) {
	g.answers.WithLabelValues(o.Route, strconv.Itoa(o.Status)).Observe(o.Duration.Seconds())
}

// watch tells how old the copies are and how their last making went, here and elsewhere.
func (g *gauges) watch(k *keeper) {
	if k == nil {
		return
	}
	tell := func(place string, of func(copies.State) (list []copies.Copy, fault string)) {
		read := func() ([]copies.Copy, string) {
			s, err := k.State()
			if err != nil {
				return nil, err.Error()
			}
			return of(s)
		}
		labels := prometheus.Labels{"place": place}
		g.registry.MustRegister(
			prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "encaisse_copy_seconds", Help: "Instant of the newest automatic copy, in Unix seconds; 0 without any.", ConstLabels: labels}, func() float64 {
				if list, _ := read(); len(list) > 0 {
					return float64(list[0].At.Unix())
				}
				return 0
			}),
			prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "encaisse_copy_fault", Help: "1 while the last automatic copy failed.", ConstLabels: labels}, func() float64 {
				if _, fault := read(); fault != "" {
					return 1
				}
				return 0
			}))
	}
	tell("here", func(s copies.State) ([]copies.Copy, string) { return s.Copies, s.Fault + s.TrialFault })
	if k.away != nil {
		tell("elsewhere", func(s copies.State) ([]copies.Copy, string) { return s.Away.Copies, s.Away.Fault + s.Away.TrialFault })
	}
}

// serve answers /metrics on a loopback address of its own, never on the public one.
func (g *gauges) serve(address string, log *slog.Logger) (stop func(), err error) {
	if address == "" {
		return func() {}, nil
	}
	host, _, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err != nil || host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("metrics: %q is not a loopback address; put a proxy in front to read them from elsewhere", address)
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Warn("metrics are not served", "reason", err)
		return func() {}, nil
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(g.registry, promhttp.HandlerOpts{}))
	server := &http.Server{Handler: mux, ReadTimeout: 5 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: 30 * time.Second}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics", "fault", err)
		}
	}()
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		server.Shutdown(ctx)
	}, nil
}
