import { destroyBridge, leaveBridge } from './bridging.ts';
import type { Switch } from './switch.ts';

/** What Asterisk does on SIGTERM: every call is hung up, with all its events. */
export function hangUpEverything(pbx: Switch): void {
  for (const bridge of pbx.bridges.values()) {
    for (const channel of bridge.channels.slice()) leaveBridge(pbx, channel);
    destroyBridge(pbx, bridge);
  }
  for (const channel of pbx.channels.values()) pbx.hangup(channel, 16);
}
