import type { AccountKey, DeviceState, LegKind, LegService, Party } from '../../../contract/events.ts';
import type { Directory, DirectoryUser } from '../connector.ts';
import type { AmiMessage } from './message.ts';

/** Channels that are no person and no line: helpers of the PBX. */
const HELPER =
  /^(?:Local|CBAnn|CBRec|Announcer|Recorder|Snoop|Surrogate|Message|Bridge|Parked|AsyncGoto|UnicastRTP|MulticastRTP|WebSocket|AudioSocket|Console)\//;

/** Endpoint names as phones have them, for a login that may not list endpoints: `101`, `acme-101`, `T12_101`. */
const PHONE = /^[^/]+\/(?:[\w.]+[-_])?\d{2,6}$/;

/** `PJSIP/acme-101-00000054` and `Local/1@x-00000001;2` without the number of the one call. */
export function deviceOf(channel: string): string {
  return channel.replace(/-[0-9a-f]+(?:;[12])?$/i, '');
}

/** Empty values and Asterisk's word for them are null. */
export function told(value: string | undefined): string | null {
  return value === undefined || value === '' || value === '<unknown>' ? null : value;
}

export function partyIn(message: AmiMessage, prefix: string): Party {
  return { number: told(message.get(`${prefix}CallerIDNum`)), name: told(message.get(`${prefix}CallerIDName`)) };
}

/** The number in a dial string: `+4989777888@trunk`, `trunk/+4989777888`, `i1/0123`. */
export function numberDialled(dialString: string | undefined): string | null {
  if (dialString === undefined) return null;
  for (const part of dialString.split(/[@/:,&]/)) if (/^[+*#\d]{2,}$/.test(part)) return part;
  return null;
}

/** Extensions that are steps of a dial plan, not numbers. */
export function numberIn(exten: string | undefined): string | null {
  return exten === undefined || exten === '' || /^[shitTeo]$/.test(exten) ? null : exten;
}

export const SERVICES: ReadonlyMap<string, LegService> = new Map([
  ['VoiceMail', 'voicemail'],
  ['VoiceMailMain', 'voicemail'],
  ['MinivmRecord', 'voicemail'],
  ['BackGround', 'ivr'],
  ['Background', 'ivr'],
  ['WaitExten', 'ivr'],
  ['Read', 'ivr'],
  ['Directory', 'ivr'],
  ['Playback', 'announcement'],
  ['ControlPlayback', 'announcement'],
  ['ConfBridge', 'conference'],
  ['MeetMe', 'conference'],
  ['Park', 'parking'],
  ['ParkAndAnnounce', 'parking'],
  ['ChanSpy', 'spy'],
  ['ExtenSpy', 'spy'],
]);

const MEMBER_STATES: readonly DeviceState[] = [
  'unknown',
  'idle',
  'inUse',
  'busy',
  'unavailable',
  'unavailable',
  'ringing',
  'ringInUse',
  'onHold',
];

/** Number in `Status` of a queue member; a member whose device tells nothing is in use while it has a queue's call. */
export function memberState(status: string | undefined, inCall: string | undefined): DeviceState {
  const state = MEMBER_STATES[Number(status)] ?? 'unknown';
  return inCall === '1' && (state === 'idle' || state === 'unknown') ? 'inUse' : state;
}

const DEVICE_STATES: ReadonlyMap<string, DeviceState> = new Map([
  ['NOT_INUSE', 'idle'],
  ['INUSE', 'inUse'],
  ['BUSY', 'busy'],
  ['RINGING', 'ringing'],
  ['RINGINUSE', 'ringInUse'],
  ['ONHOLD', 'onHold'],
  ['UNAVAILABLE', 'unavailable'],
  ['INVALID', 'unavailable'],
]);

export function deviceState(state: string | undefined): DeviceState {
  return DEVICE_STATES.get(state ?? '') ?? 'unknown';
}

/** What the directory knows, by the names that events use. */
export class Names {
  readonly #users = new Map<string, DirectoryUser>();
  readonly #queueKeys = new Map<string, readonly AccountKey[]>();
  readonly #memberDevices = new Map<string, string>();

  constructor(directory: Directory | null) {
    for (const user of directory?.users ?? []) for (const device of user.devices) this.#users.set(device, user);
    for (const queue of directory?.queues ?? []) {
      this.#queueKeys.set(queue.externalId, queue.keys);
      for (const { agent, device } of queue.members) if (device !== null) this.#memberDevices.set(agent, device);
    }
  }

  user(device: string): DirectoryUser | undefined {
    return this.#users.get(device);
  }

  queueKeys(queue: string): readonly AccountKey[] {
    const name: AccountKey = `name:${queue}`;
    const known = this.#queueKeys.get(queue);
    return known === undefined ? [name] : known.includes(name) ? known : [...known, name];
  }

  /** The device behind a queue member. */
  deviceOfAgent(agent: string, stateInterface: string | undefined): string {
    return this.#memberDevices.get(agent) ?? (stateInterface?.startsWith('hint:') === false ? stateInterface : agent);
  }

  /** @param member the device is a queue's member */
  kindOf(device: string, member: boolean): LegKind {
    if (HELPER.test(device)) return 'internal';
    if (member || this.#users.has(device)) return 'device';
    return this.#users.size === 0 && PHONE.test(device) ? 'device' : 'trunk';
  }
}
