import { asterisk } from './asterisk/connector.ts';
import type { Connector } from './connector.ts';

/** A connector whose settings are known only to itself and to its schema. */
export type AnyConnector = Connector<Record<string, unknown>>;

/** The type is given up here and only here: settings reach a connector only from its own schema. */
function known<Settings>(connector: Connector<Settings>): AnyConnector {
  return connector as unknown as AnyConnector;
}

/** Every phone system there is. A new connector is one line here. */
export const connectors: readonly AnyConnector[] = [known(asterisk)];

/** @returns undefined for a type that no connector serves */
export function connectorFor(type: string): AnyConnector | undefined {
  return connectors.find((connector) => connector.descriptor.id === type);
}
