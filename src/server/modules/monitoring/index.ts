export { createMonitoring, type Lease, type LinkMonitor, type Monitoring, type Share } from './monitoring.ts';
export { CHANGES_TOPIC, type CustomerChanges } from './changes.ts';
export { createLinkEventSink, type Names } from './sink.ts';
