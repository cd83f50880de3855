/** What a customer would get of a phone system by a rule, worked out from one discovery. Pure. */
import type * as z from 'zod';
import type { Attribution, AttributionPreview } from '../../../contract/pbx-connections.ts';

export type Preview = z.infer<typeof AttributionPreview>;
type Keyed = Pick<Preview['users'][number], 'keys'>;

/** The users and queues that are the customer's. Letter case matters, as it does on the phone system. */
export function shareOf(preview: Preview, rule: Attribution): Pick<Preview, 'users' | 'queues'> {
  const isMine = matcher(rule);
  return { users: preview.users.filter(isMine), queues: preview.queues.filter(isMine) };
}

/** Values found on the phone system for one way of telling customers apart, the most frequent first. */
export function valuesFound(preview: Preview, by: string): { value: string; users: number }[] {
  const prefix = `${by}:`;
  const counts = new Map<string, number>();
  for (const { keys } of preview.users)
    for (const key of new Set(keys.filter((own) => own.startsWith(prefix))))
      counts.set(key.slice(prefix.length), (counts.get(key.slice(prefix.length)) ?? 0) + 1);
  return [...counts].map(([value, users]) => ({ value, users })).toSorted((a, b) => b.users - a.users || a.value.localeCompare(b.value));
}

function matcher({ by, value }: Attribution): (entry: Keyed) => boolean {
  if (by === 'all') return () => true;
  if (by !== 'name') return ({ keys }) => keys.includes(`${by}:${value.trim()}`);
  const patterns = value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(globbed);
  return ({ keys }) => keys.some((key) => key.startsWith('name:') && patterns.some((pattern) => pattern.test(key.slice('name:'.length))));
}

/** Only `*` is special. */
function globbed(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]*')}$`);
}
