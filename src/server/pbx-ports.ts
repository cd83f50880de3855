/** Gives the modules the connectors as ports: they know phone systems only by these. */
import { connectors, type AnyConnector } from './pbx/registry.ts';
import { superviseLink } from './pbx/supervisor.ts';
import type { ConnectorIo } from './pbx/connector.ts';
import type { PbxPort, PbxPorts } from './modules/links/index.ts';

export function createPbxPorts(io: ConnectorIo): PbxPorts {
  return new Map(connectors.map((connector) => [connector.descriptor.id, portOf(connector, io)]));
}

function portOf(connector: AnyConnector, io: ConnectorIo): PbxPort {
  const { descriptor } = connector;
  const { settings: schema, secrets, identity, ...type } = descriptor;
  return {
    type,
    secrets,
    parse(values) {
      const parsed = schema.safeParse(values, { reportInput: true });
      if (!parsed.success) return { success: false, issues: parsed.error.issues };
      return { success: true, settings: parsed.data, identity: identity(parsed.data) };
    },
    test: (settings, signal) => connector.test(settings, io, signal),
    discover: (settings, signal) => connector.discover(settings, io, signal),
    supervise(settings, { linkId, sink, memory }) {
      const linkIo = { ...io, log: io.log.child({ linkId }) };
      return superviseLink({
        connector,
        settings,
        io: linkIo,
        // Gaps are the links' own to tell: they also know the times in which no process held the link.
        sink: { ...sink, gap: () => {} },
        directory: () => null,
        memory,
        random: Math.random,
      });
    },
  };
}
