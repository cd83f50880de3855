/** The skeleton is no connector of the program: it is held to the suite here, a copy by the registry. */
import type { AnyConnector } from '../registry.ts';
import { conformance } from '../testing/conformance.ts';
import { skeleton } from './connector.ts';
import * as kit from './testing.ts';

conformance(skeleton as unknown as AnyConnector, kit);
