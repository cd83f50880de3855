import type { AmiMessage } from './message.ts';

/** An extension that shows the state of devices: the dialplan's own word on who sits where. */
export interface Hint {
  extension: string;
  context: string;
  /** Phones only; custom states, queues and mailboxes are left out. */
  devices: readonly string[];
}

const PHONE = /^(PJSIP|SIP|IAX2|DAHDI|SCCP|Skinny|MGCP|Unistim)\/[^\s&,]+$/i;

/** @param states events of ExtensionStateList, `Hint: PJSIP/101&Custom:DND101,CustomPresence:101` */
export function readHints(states: readonly AmiMessage[]): readonly Hint[] {
  return states.flatMap((state) => {
    const extension = state.get('Exten') ?? '';
    const devices = (state.get('Hint') ?? '').split(',', 1).join('').split('&').filter(isPhone);
    // A pattern hint (`_1XX`) is not anybody's extension.
    return extension === '' || extension.startsWith('_') || devices.length === 0
      ? []
      : [{ extension, context: state.get('Context') ?? '', devices }];
  });
}

export function isPhone(device: string): boolean {
  return PHONE.test(device);
}

/**
 * Whose extension a device belongs to. A device can stand in several hints (a group's lamp, a
 * short number): the one with the fewest devices is the person's own, then the first.
 */
export function ownHints(hints: readonly Hint[]): ReadonlyMap<string, Hint> {
  const own = new Map<string, Hint>();
  for (const hint of hints) {
    for (const device of hint.devices) {
      const known = own.get(device);
      if (known === undefined || hint.devices.length < known.devices.length) own.set(device, hint);
    }
  }
  return own;
}
