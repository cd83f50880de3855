import type { Socket } from 'node:net';
import type { NeutralEvent, NeutralEventType } from '../../../contract/events.ts';
import { systemClock } from '../../platform/clock/index.ts';
import { createLog } from '../../platform/log/index.ts';
import { createOutgoing } from '../../platform/outgoing/index.ts';
import type { ConnectorIo } from '../connector.ts';
import type { LinkGap, LinkSink, LinkStatus } from '../supervisor.ts';

/** Real way out, real clock; keeps what is logged and what is written to the PBX. */
export function observedIo(): { io: ConnectorIo; logged: string[]; written: () => string; connections: () => number } {
  const logged: string[] = [];
  const written: string[] = [];
  const outgoing = createOutgoing({ reach: 'local', allowedNetworks: [], forbiddenPorts: [], clock: systemClock });
  let connections = 0;
  const connect = async (options: Parameters<typeof outgoing.connect>[0]): Promise<Socket> => {
    const socket = await outgoing.connect(options);
    connections++;
    const write = socket.write.bind(socket);
    socket.write = (data: string | Uint8Array) => {
      written.push(typeof data === 'string' ? data : Buffer.from(data).toString('latin1'));
      return write(data);
    };
    return socket;
  };
  const io: ConnectorIo = {
    outgoing: { resolve: (host, signal) => outgoing.resolve(host, signal), connect },
    clock: systemClock,
    log: createLog('debug', { write: (line) => void logged.push(line) }),
  };
  return { io, logged, written: () => written.join(''), connections: () => connections };
}

/** Notes what a link tells and lets a test wait for it. */
export class Observer implements LinkSink {
  readonly told: NeutralEvent[] = [];
  readonly statuses: LinkStatus[] = [];
  readonly gaps: LinkGap[] = [];
  readonly epochs: string[] = [];
  skewMs: number | null = null;
  #checks = new Set<() => void>();

  events(batch: readonly NeutralEvent[]): void {
    this.told.push(...batch);
    this.#check();
  }

  status(status: LinkStatus): void {
    this.statuses.push(status);
    this.#check();
  }

  gap(gap: LinkGap): void {
    this.gaps.push(gap);
    this.#check();
  }

  alive(_at: number, skewMs: number | null): void {
    this.skewMs = skewMs;
    this.#check();
  }

  authenticated(epoch: string): void {
    this.epochs.push(epoch);
  }

  of<T extends NeutralEventType>(type: T): Extract<NeutralEvent, { type: T }>[] {
    return this.told.filter((event): event is Extract<NeutralEvent, { type: T }> => event.type === type);
  }

  count(state: LinkStatus['state']): number {
    return this.statuses.filter((status) => status.state === state).length;
  }

  /** Resolves when `holds` does, looked at after all that is told. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!holds()) return;
        this.#checks.delete(check);
        resolve();
      };
      this.#checks.add(check);
      check();
    });
  }

  #check(): void {
    for (const check of this.#checks) check();
  }
}
