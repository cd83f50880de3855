import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Figures for the operator, in Prometheus' text form. One registry per process, none global. */
export interface Metrics {
  registry: Registry;
  requests: Histogram<'method' | 'route' | 'status'>;
  amiEvents: Counter;
  /** Has the links of this process counted by state whenever the figures are read. */
  watchLinks(states: () => ReadonlyMap<string, number>): void;
  unattributed: Counter;
  flushSeconds: Histogram;
  liveSockets: Gauge;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'ringside_' });
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'ringside_http_request_seconds',
      help: 'Time to answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2],
      registers,
    }),
    amiEvents: new Counter({ name: 'ringside_pbx_events_total', help: 'Neutral events read from phone systems', registers }),
    watchLinks(states) {
      const gauge = new Gauge({
        name: 'ringside_links',
        help: 'PBX links by state',
        labelNames: ['state'],
        registers,
        collect() {
          gauge.reset();
          for (const [state, count] of states()) gauge.set({ state }, count);
        },
      });
    },
    unattributed: new Counter({ name: 'ringside_unattributed_legs_total', help: 'Legs that belong to no customer', registers }),
    flushSeconds: new Histogram({
      name: 'ringside_flush_seconds',
      help: 'Time to store what changed',
      buckets: [0.005, 0.02, 0.1, 0.5, 2],
      registers,
    }),
    liveSockets: new Gauge({ name: 'ringside_live_sockets', help: 'Open live sockets', registers }),
  };
}
