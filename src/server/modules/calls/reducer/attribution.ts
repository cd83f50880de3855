import type { AccountKey } from '../../../../contract/events.ts';

/** One customer's share of a link. */
export interface AttributionRule {
  customerId: string;
  /** `all`: everything on this link · `name`: patterns · any other: the kind of an account key. */
  by: string;
  /** `name`: patterns with `*`, parted by commas, e.g. `PJSIP/acme-*, acme-*` · else the key's whole value. */
  value: string;
}

export interface Attribution {
  /** @returns the one customer whose rule matches a key; null when none does, or more than one (counted) */
  attribute(keys: readonly AccountKey[]): string | null;
  /** How many times two customers claimed the same thing. */
  conflicts(): number;
}

/** Says whose a leg or an agent is. What cannot be told is nobody's: it is never guessed. */
export function createAttribution(rules: readonly AttributionRule[]): Attribution {
  const exact = new Map<AccountKey, Set<string>>();
  const patterns: { customerId: string; pattern: RegExp }[] = [];
  const everything = new Set<string>();
  for (const { customerId, by, value } of rules) {
    if (by === 'all') everything.add(customerId);
    else if (by === 'name') for (const part of value.split(',')) patterns.push({ customerId, pattern: globbed(part.trim()) });
    else {
      const key = `${by}:${value}`;
      exact.set(key, (exact.get(key) ?? new Set()).add(customerId));
    }
  }
  let conflicts = 0;
  return {
    attribute(keys) {
      const found = new Set(everything);
      for (const key of keys) {
        for (const customerId of exact.get(key) ?? []) found.add(customerId);
        if (!key.startsWith('name:')) continue;
        const name = key.slice('name:'.length);
        for (const { customerId, pattern } of patterns) if (pattern.test(name)) found.add(customerId);
      }
      if (found.size > 1) conflicts++;
      const [customerId] = found;
      return found.size === 1 && customerId !== undefined ? customerId : null;
    },
    conflicts: () => conflicts,
  };
}

/** Letter case matters, as it does on the PBX; only `*` is special. */
function globbed(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]*')}$`);
}
