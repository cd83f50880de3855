import type { Log } from '../../platform/log/index.ts';
import type { LinkEventSink, WatchedShare } from '../links/index.ts';
import type { LinkMonitor, Monitoring, Share } from './monitoring.ts';

/** What a link's names mean in one customer, by connection. */
export type Names = ReadonlyMap<string, Pick<Share, 'users' | 'queues'>>;

/**
 * Joins the links to the monitors: each held link has one.
 * @param readNames users by device or extension and queues by name, of these connections
 */
export function createLinkEventSink(
  monitoring: Monitoring,
  readNames: (shares: readonly WatchedShare[]) => Promise<Names>,
  log: Log,
): LinkEventSink {
  const monitors = new Map<string, LinkMonitor>();
  /** One after the other: the last word about a link's shares must be the last applied. */
  let applied = Promise.resolve();
  const named = async (shares: readonly WatchedShare[]): Promise<Share[]> => {
    const names = await readNames(shares);
    return shares.map((share) => ({ ...share, ...(names.get(share.connectionId) ?? { users: new Map(), queues: new Map() }) }));
  };
  return {
    async opened({ linkId, ownerId, lease, shares }) {
      const monitor = await monitoring.open(
        { linkId, ownerTenantId: ownerId, leaseOwner: lease.owner, fence: lease.fence },
        await named(shares),
      );
      monitors.set(linkId, monitor);
    },
    shares(linkId, shares, left) {
      const apply = async (): Promise<void> => {
        monitors.get(linkId)?.setShares(await named(shares));
        if (left.length > 0) await monitoring.closeUnwatched(linkId, left);
      };
      applied = applied
        .then(apply)
        .catch((error: unknown) => log.error({ err: error, linkId }, 'the shares of a link could not be brought up to date'));
    },
    events: (linkId, batch) => monitors.get(linkId)?.events(batch),
    news: () => {},
    gaps: () => {},
    async closed(linkId, lost, left) {
      const monitor = monitors.get(linkId);
      monitors.delete(linkId);
      await monitor?.close(lost);
      if (left.length > 0) await monitoring.closeUnwatched(linkId, left);
    },
  };
}
