import type { Clock } from '../../platform/clock/index.ts';
import type { Log } from '../../platform/log/index.ts';
import type { HeldLink } from './held-link.ts';
import type { Share } from './shares.ts';

const SETTLE_MS = 10_000;
const EVERY_MS = 3_600_000;

export interface DirectoryWatch {
  /** Looks each second: due are shares never synced whose link became live, and those last synced an hour ago. */
  beat(held: HeldLink): void;
  /** The PBX says that its directory changed; several words in ten seconds are one. */
  changed(linkId: string, shares: () => readonly Share[]): void;
  stop(): void;
}

interface Options {
  clock: Clock;
  log: Log;
  onSyncDue(share: { connectionId: string; customerId: string }): Promise<void>;
}

/** Says when a share's directory should be read again. */
export function createDirectoryWatch({ clock, log, onSyncDue }: Options): DirectoryWatch {
  const settling = new Map<string, () => void>();
  const askedAt = new Map<string, number>();
  const liveSince = new Map<string, number>();

  function ask(share: Share): void {
    askedAt.set(share.connectionId, clock.now());
    onSyncDue(share).catch((error: unknown) => log.error({ err: error, connectionId: share.connectionId }, 'a sync could not be started'));
  }

  return {
    beat(held) {
      if (held.state?.state !== 'live') return;
      const isNewlyLive = liveSince.get(held.id) !== held.state.since;
      liveSince.set(held.id, held.state.since);
      for (const share of held.shares) {
        const last = Math.max(share.lastSyncAt?.getTime() ?? 0, askedAt.get(share.connectionId) ?? 0);
        if ((share.lastSyncAt === null && isNewlyLive) || clock.now() - last > EVERY_MS) ask(share);
      }
    },
    changed(linkId, shares) {
      if (settling.has(linkId)) return;
      const cancel = clock.after(SETTLE_MS, () => {
        settling.delete(linkId);
        for (const share of shares()) ask(share);
      });
      settling.set(linkId, cancel);
    },
    stop() {
      for (const cancel of settling.values()) cancel();
      settling.clear();
    },
  };
}
