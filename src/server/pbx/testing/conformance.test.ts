import { connectors } from '../registry.ts';
import { conformance } from './conformance.ts';
import type { ConformanceKit } from './target.ts';

// A connector's folder bears its id and brings the phone system to test against.
for (const connector of connectors) {
  const kit = (await import(`../${connector.descriptor.id}/testing.ts`)) as ConformanceKit;
  conformance(connector, kit);
}
