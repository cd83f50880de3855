import { STATE_TEXT, type Channel } from './channel.ts';
import type { Company, Person } from './company.ts';
import { line } from './event.ts';
import type { Switch } from './switch.ts';

export type DeviceStateName = 'NOT_INUSE' | 'INUSE' | 'RINGING' | 'RINGINUSE' | 'ONHOLD' | 'UNAVAILABLE' | 'BUSY';

/** Asterisk's numbers for a queue member's Status. */
const STATUS_NUMBER: Record<DeviceStateName, number> = {
  NOT_INUSE: 1,
  INUSE: 2,
  BUSY: 3,
  UNAVAILABLE: 5,
  RINGING: 6,
  RINGINUSE: 7,
  ONHOLD: 8,
};

/** Asterisk's numbers and words for a hint. */
const HINT_STATUS: Record<DeviceStateName, readonly [number, string]> = {
  NOT_INUSE: [0, 'Idle'],
  INUSE: [1, 'InUse'],
  BUSY: [2, 'Busy'],
  UNAVAILABLE: [4, 'Unavailable'],
  RINGING: [8, 'Ringing'],
  RINGINUSE: [9, 'InUse&Ringing'],
  ONHOLD: [16, 'Hold'],
};

/** States of devices and hints, told when they change. */
export class Devices {
  #states = new Map<string, DeviceStateName>();
  #people = new Map<string, { company: Company; person: Person }>();
  #pbx: Switch;

  constructor(pbx: Switch) {
    this.#pbx = pbx;
    this.#states.set('PJSIP/trunk', 'NOT_INUSE');
    for (const company of pbx.companies) {
      for (const person of company.people) {
        this.#people.set(person.device, { company, person });
        this.#states.set(person.device, 'NOT_INUSE');
      }
    }
  }

  state(device: string): DeviceStateName {
    return this.#states.get(device) ?? 'UNAVAILABLE';
  }

  all(): ReadonlyMap<string, DeviceStateName> {
    return this.#states;
  }

  /** No channel at all: may be rung, may dial. */
  isFree(device: string): boolean {
    for (const channel of this.#pbx.channels.values()) if (channel.device === device) return false;
    return true;
  }

  statusNumber(device: string): number {
    return STATUS_NUMBER[this.state(device)];
  }

  /** Sets the state of what is no phone: `Queue:...`, `park:701@parkedcalls`, `MWI:...`. */
  set(device: string, state: DeviceStateName): void {
    if (this.#states.get(device) === state) return;
    this.#states.set(device, state);
    this.#pbx.send('DeviceStateChange', 'call', line('Device', device) + line('State', state));
  }

  /** Works out a phone's state from its channels and tells it, its hint and its queue memberships. */
  refresh(device: string): void {
    const channels = [...this.#pbx.channels.values()].filter((c) => c.device === device);
    const state = deviceState(channels);
    if (this.#states.get(device) === state) return;
    this.set(device, state);
    const owner = this.#people.get(device);
    if (owner) this.#pbx.send('ExtensionStatus', 'call', this.hintFields(owner.company, owner.person));
    this.#pbx.queues.deviceChanged(device);
  }

  hintFields(company: Company, person: Person): string {
    const [status, text] = HINT_STATUS[this.state(person.device)];
    return (
      line('Exten', person.extension) +
      line('Context', company.key) +
      line('Hint', person.device) +
      line('Status', status) +
      line('StatusText', text)
    );
  }
}

function deviceState(channels: readonly Channel[]): DeviceStateName {
  const ringing = channels.some((c) => STATE_TEXT[c.state] === 'Ringing');
  const active = channels.filter((c) => STATE_TEXT[c.state] === 'Up' || STATE_TEXT[c.state] === 'Ring');
  const inUse = active.some((c) => !c.held);
  if (ringing && active.length > 0) return 'RINGINUSE';
  if (ringing) return 'RINGING';
  if (inUse) return 'INUSE';
  return active.length > 0 ? 'ONHOLD' : 'NOT_INUSE';
}
