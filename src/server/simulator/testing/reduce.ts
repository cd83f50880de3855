/** Boils recorded AMI text down to what a simulated and a real PBX must have in common. */
export interface Reduced {
  /** Per event its lists of header names (class first), one per shape in which it occurs. */
  shapes: Record<string, string[]>;
  /** Per leg, in order of appearance, what was told of it in order. Between legs Asterisk keeps no order. */
  legs: { events: string[]; cel: string[]; deviceStates: string[] }[];
}

type Header = readonly [name: string, value: string];

const PREFIXES = ['', 'Dest', 'Transferer', 'Transferee', 'OrigTransferer', 'SecondTransferer', 'TransferTarget', 'Parkee', 'Retriever'];
/** Depend on the dialplan, on sound or on the build, not on the call's course. */
const NOT_COMPARED = new Set(['VarSet', 'Newexten', 'TestEvent', 'RTCPSent', 'RTCPReceived', 'DTMFBegin', 'DTMFEnd']);
const CEL_NOT_COMPARED = new Set(['STREAM_BEGIN', 'STREAM_END', 'DTMF', 'LINKEDID_END']);
/** Headers that tell two events of one name apart. */
const TELLING = ['DialStatus', 'Cause', 'TechCause', 'Reason', 'Status', 'BridgeNumChannels', 'BridgeTechnology', 'Position', 'Count'];

export function reduce(text: string): Reduced {
  const shapes = new Map<string, Set<string>>();
  const legs: Reduced['legs'] = [];
  const legOf = new Map<string, number>();
  const devices = new Map<string, number>();
  const all = [...blocks(text)];
  // CEL of a leg may come before its Newchannel: they travel by different queues.
  for (const headers of all) {
    const value = (name: string): string => headers.find((h) => h[0] === name)?.[1] ?? '';
    if (value('Event') !== 'Newchannel') continue;
    legOf.set(value('Uniqueid'), legs.length);
    const device = value('Channel').replace(/-[^-]*$/, '');
    if (!devices.has(device)) devices.set(device, legs.length);
    legs.push({ events: [], cel: [], deviceStates: [] });
  }
  for (const headers of all) {
    const value = (name: string): string | undefined => headers.find((h) => h[0] === name)?.[1];
    const event = value('Event');
    if (event === undefined) continue;
    addShape(shapes, event, headers);
    if (event === 'CEL') {
      const type = value('EventName') ?? '';
      if (!CEL_NOT_COMPARED.has(type)) legs[legOf.get(value('UniqueID') ?? '') ?? -1]?.cel.push(`${type} ${value('Application')}`.trim());
    } else if (event === 'DeviceStateChange') {
      legs[devices.get(value('Device') ?? '') ?? -1]?.deviceStates.push(value('State') ?? '');
    } else if (!NOT_COMPARED.has(event)) {
      for (const prefix of PREFIXES) {
        const leg = legs[legOf.get(value(`${prefix}Uniqueid`) ?? '') ?? -1];
        const state = event === 'DialState' ? '' : value(`${prefix}ChannelStateDesc`);
        if (leg) pushInOrder(leg.events, [event, prefix, state, ...TELLING.map(value)].filter(Boolean).join(' '));
      }
    }
  }
  return { shapes: Object.fromEntries([...shapes].map(([name, set]) => [name, [...set].toSorted()])), legs };
}

/** A phone's Newstate Ringing and the DialState that tells its caller race even on one Asterisk: the first is put first. */
function pushInOrder(events: string[], token: string): void {
  const last = events.at(-1);
  if (token === 'Newstate Ringing' && last?.startsWith('DialState')) events.splice(-1, 1, token, last);
  else events.push(token);
}

function* blocks(text: string): Generator<readonly Header[]> {
  for (const block of text.split('\r\n\r\n')) {
    const headers: Header[] = [];
    for (const row of block.split('\r\n')) {
      const colon = row.indexOf(':');
      if (colon > 0) headers.push([row.slice(0, colon), row.slice(colon + 1).trim()]);
    }
    yield headers;
  }
}

function addShape(shapes: Map<string, Set<string>>, event: string, headers: readonly Header[]): void {
  // An answer's list items carry no class and are compared apart.
  if (headers[1]?.[0] !== 'Privilege') return;
  const names = [headers[1][1], ...headers.slice(2).map((h) => h[0])].filter((n) => n !== 'Timestamp').join(' ');
  const known = shapes.get(event) ?? new Set();
  shapes.set(event, known.add(names));
}
