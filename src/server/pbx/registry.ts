import type { Connector } from './connector.ts';
import * as all from './connectors.ts';

/** A connector whose settings are known only to itself and to its schema. */
export type AnyConnector = Connector<Record<string, unknown>>;

/** The type is given up here and only here: settings reach a connector only from its own schema. */
export const connectors: readonly AnyConnector[] = Object.values(all).map((connector) => connector as unknown as AnyConnector);
