/** One recorded event, its headers by name (of repeated ones the last). */
export type EventRecord = Readonly<Record<string, string>>;

export function parseEvents(text: string): EventRecord[] {
  return text
    .split('\r\n\r\n')
    .filter((block) => block.startsWith('Event: '))
    .map((block) =>
      Object.fromEntries(block.split('\r\n').map((row) => [row.slice(0, row.indexOf(':')), row.slice(row.indexOf(':') + 2)])),
    );
}

/**
 * Asterisk's own order rules over a whole recording in which every call ends.
 * @returns one line per breach
 */
export function breaches(events: readonly EventRecord[]): string[] {
  const found: string[] = [];
  const born = new Map<string, { up: boolean; ended: boolean; dialled: boolean; bridge: string | null }>();
  const bridges = new Map<string, number>();
  const queued = new Set<string>();
  const check = (ok: boolean, event: EventRecord, what: string): void => {
    if (!ok) found.push(`${event.Timestamp} ${event.Event} ${event.Uniqueid ?? event.DestUniqueid ?? event.BridgeUniqueid}: ${what}`);
  };
  for (const event of events) {
    const id = event.Uniqueid;
    if (event.Event === 'Newchannel' && id !== undefined) {
      check(!born.has(id), event, 'a channel began twice');
      born.set(id, { up: false, ended: false, dialled: false, bridge: null });
      continue;
    }
    for (const name of ['Uniqueid', 'DestUniqueid', 'TransfererUniqueid', 'TransfereeUniqueid', 'ParkeeUniqueid']) {
      const uniqueid = event[name];
      if (uniqueid === undefined || event.Event === 'CEL' || event.Event === 'Cdr') continue;
      check(born.get(uniqueid)?.ended === false, event, 'told of a channel before its Newchannel or after its Hangup');
    }
    const leg = id === undefined ? undefined : born.get(id);
    const callee = event.DestUniqueid === undefined ? undefined : born.get(event.DestUniqueid);
    const bridge = event.BridgeUniqueid ?? '';
    switch (event.Event) {
      case 'Newstate':
        if (leg && event.ChannelStateDesc === 'Up') leg.up = true;
        break;
      case 'DialBegin':
        if (callee) callee.dialled = true;
        break;
      case 'DialEnd':
        check(callee?.dialled === true, event, 'a dial ended that did not begin');
        if (event.DialStatus === 'ANSWER') check(callee?.up === true, event, 'answered without being up');
        break;
      case 'BridgeCreate':
        bridges.set(bridge, 0);
        break;
      case 'BridgeEnter':
      case 'BridgeLeave': {
        const change = event.Event === 'BridgeEnter' ? 1 : -1;
        const now = (bridges.get(bridge) ?? NaN) + change;
        bridges.set(bridge, now);
        check(Number(event.BridgeNumChannels) === now, event, `says ${event.BridgeNumChannels} channels, there are ${now}`);
        check(leg?.up === true, event, 'in a bridge without being up');
        check(leg?.bridge === (change === 1 ? null : bridge), event, 'in two bridges, or left one it was not in');
        if (leg) leg.bridge = change === 1 ? bridge : null;
        break;
      }
      case 'BridgeDestroy':
        check(bridges.get(bridge) === 0, event, 'a bridge went that was not empty');
        bridges.delete(bridge);
        break;
      case 'QueueCallerJoin':
        queued.add(id ?? '');
        break;
      case 'QueueCallerLeave':
        check(queued.delete(id ?? ''), event, 'left a queue it was not in');
        break;
      case 'Hangup':
        check(leg?.bridge === null, event, 'hung up in a bridge');
        check(!queued.has(id ?? ''), event, 'hung up in a queue');
        if (leg) leg.ended = true;
        break;
      default:
        break;
    }
  }
  for (const [id, leg] of born) if (!leg.ended) found.push(`${id}: never hung up`);
  return found;
}
