import { SOMEBODY, type Group, type Leg } from './facts.ts';

/**
 * The real leg for which the PBX dialled this one, seen through internal pairs; null if there is
 * none: it came in by itself or was dialled for nobody.
 */
export function originOf(leg: Leg): Leg | null {
  let parent = leg.parent;
  for (let hops = 0; parent != null && hops < 16; hops++) {
    if (parent.kind !== 'internal') return parent;
    parent = parent.parent ?? parent.mate?.parent;
  }
  return null;
}

/**
 * Finds the customer of every line (trunk) that tells none itself: the one of the phone it was
 * dialled by or dials, else the first in the group. Phones are never guessed.
 *
 * @returns the customers that have a leg in the group, first come first
 */
export function settleOwners(group: Group): Set<string> {
  const owners = new Set<string>();
  let missing = false;
  for (const leg of group.legs) {
    if (leg.kind === 'internal') continue;
    if (leg.owner === SOMEBODY) continue;
    if (leg.owner !== null) owners.add(leg.owner);
    else missing ||= leg.kind === 'trunk';
  }
  if (!missing) return owners;
  // Nothing real tells an owner: a helper (Local leg) of the group may.
  const helper = owners.size > 0 ? null : (group.legs.find(isKnown)?.owner ?? null);
  for (const leg of group.legs) {
    if (leg.kind !== 'trunk' || leg.owner !== null) continue;
    const [first] = owners;
    leg.owner = nearest(leg, group) ?? first ?? helper;
    if (leg.owner !== null) owners.add(leg.owner);
  }
  return owners;
}

function nearest(leg: Leg, group: Group): string | null {
  const origin = originOf(leg);
  if (origin !== null && isKnown(origin)) return origin.owner;
  for (const other of group.legs) if (other.kind !== 'internal' && isKnown(other) && originOf(other) === leg) return other.owner;
  for (const { a, b } of group.conversations) {
    const partner = a === leg ? b : b === leg ? a : null;
    if (partner !== null && isKnown(partner)) return partner.owner;
  }
  return null;
}

function isKnown(leg: Leg): boolean {
  return leg.owner !== null && leg.owner !== SOMEBODY;
}
