import type { HeldLink } from './held-link.ts';
import type { FormValues } from './ports.ts';
import { openLink, readLink, type LinkRow } from './repository.ts';
import type { LinksOptions } from './runtime.ts';
import { watchedOf } from './shares.ts';

/** Sequence numbers go on above those of any process before us: at most a million events a second. */
const SEQ_PER_MS = 1000;

/** A link that no try can open as it stands: only new settings, or a new program, help. */
export class UnusableLink extends Error {}

/** Reads settings and memory of a leased link and has it watched. @throws UnusableLink */
export async function openHeldLink({ database, ports, box, sink, clock }: LinksOptions, held: HeldLink): Promise<void> {
  const { link } = held;
  const { row, memory } = await database.system([link.ownerId], async (db) => ({
    row: await readLink(db, link.linkId),
    memory: await db.selectFrom('pbx_links').select(['epoch', 'heartbeat_at']).where('id', '=', link.linkId).executeTakeFirst(),
  }));
  const port = row && ports.get(row.type);
  if (!row || !port) throw new UnusableLink(`no connector serves the link's type ${row?.type ?? 'unknown'}`);
  const parsed = port.parse(opened(box, row));
  if (!parsed.success)
    throw new UnusableLink(`the link's settings do not fit: ${parsed.issues.map((issue) => issue.path.join('.')).join(', ')}`);
  await sink.opened({ linkId: link.linkId, ownerId: link.ownerId, lease: held.lease, shares: held.shares.map(watchedOf) });
  held.wasWatched = memory?.heartbeat_at != null;
  held.session = port.supervise(parsed.settings, {
    linkId: link.linkId,
    sink: {
      events: (batch) => held.events(batch),
      status: (status) => held.status(status),
      alive: (at, skewMs) => held.alive(at, skewMs),
      authenticated: (epoch, version) => held.authenticated(epoch, version),
    },
    memory: memory?.epoch
      ? { epoch: memory.epoch, nextSeq: clock.now() * SEQ_PER_MS, liveUntil: memory.heartbeat_at?.getTime() ?? null }
      : null,
  });
}

function opened(box: LinksOptions['box'], row: LinkRow): FormValues {
  try {
    return openLink(box, row);
  } catch (error) {
    throw new UnusableLink("the link's secrets cannot be opened", { cause: error });
  }
}
