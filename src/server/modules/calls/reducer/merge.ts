import type { Group } from './facts.ts';
import type { CallChange } from './model.ts';

/**
 * Puts all of `merged` into `survivor`. Legs keep their owners: what belongs to a customer stays there.
 *
 * @returns for every customer who had both calls, that the one is now part of the other
 */
export function merge(survivor: Group, merged: Group): CallChange[] {
  const changes: CallChange[] = [];
  for (const [customerId, record] of merged.calls) {
    const into = survivor.calls.get(customerId);
    if (into === undefined) survivor.calls.set(customerId, record);
    else changes.push({ kind: 'merged', customerId, callKey: record.callKey, into: into.callKey });
  }
  for (const leg of merged.legs) leg.group = survivor;
  survivor.legs = [...survivor.legs, ...merged.legs].sort((a, b) => a.startedAt - b.startedAt || a.order - b.order);
  survivor.conversations = [...survivor.conversations, ...merged.conversations].sort((a, b) => a.from - b.from);
  survivor.transfers = [...survivor.transfers, ...merged.transfers].sort((a, b) => a.at - b.at);
  survivor.ids.push(...merged.ids);
  survivor.open += merged.open;
  survivor.startedAt = Math.min(survivor.startedAt, merged.startedAt);
  survivor.partial ||= merged.partial;
  merged.dirty = false;
  merged.legs = [];
  return changes;
}
