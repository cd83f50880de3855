/** A phone system without a wire, for tests of what stands behind the ports. */
import * as z from 'zod';
import { LinkError, type Directory, type DirectoryQueue, type DirectoryUser, type LinkFailure } from '../../../pbx/connector.ts';
import type { NeutralEvent } from '../../../../contract/events.ts';
import type { PbxPort, PbxSettings, PortMemory, PortSink } from '../ports.ts';

const schema = z.strictObject({ host: z.string().min(1), secret: z.string().min(4), tls: z.boolean().default(false) });

export interface FakeSession {
  linkId: string;
  settings: PbxSettings;
  memory: PortMemory | null;
  sink: PortSink;
  stopped: boolean;
}

export class FakePbx {
  users: DirectoryUser[] = [];
  queues: DirectoryQueue[] = [];
  failure: LinkFailure | null = null;
  /** Runs while a discovery is under way. */
  whileDiscovering: () => Promise<void> = () => Promise.resolve();
  readonly sessions: FakeSession[] = [];
  readonly discoveredWith: PbxSettings[] = [];

  /** The session that runs now. */
  session(): FakeSession {
    const session = this.sessions.findLast((one) => !one.stopped);
    if (!session) throw new Error('no session runs');
    return session;
  }

  port(): PbxPort {
    const text = { en: '', es: '' };
    return {
      type: {
        id: 'fake',
        name: 'Fake',
        summary: text,
        capabilities: ['directory'],
        form: [],
        attribution: ['all', 'accountcode', 'name'].map((by) => ({ by, label: text, help: text, placeholder: null })),
        setup: null,
        monitorsSubAccounts: false,
      },
      secrets: ['secret'],
      parse(values) {
        const parsed = schema.safeParse(values, { reportInput: true });
        return parsed.success
          ? { success: true, settings: parsed.data, identity: parsed.data.host }
          : { success: false, issues: parsed.error.issues };
      },
      async *test() {
        yield { step: 'login', outcome: 'ok', message: text, fix: null, lines: null, ms: 1 } as const;
      },
      discover: (settings) => this.#discover(settings),
      supervise: (settings, { linkId, sink, memory }) => {
        const session = { linkId, settings, memory, sink, stopped: false };
        this.sessions.push(session);
        sink.status({ state: 'connecting', since: memory?.liveUntil ?? 0, failure: null });
        return { stop: () => Promise.resolve(void (session.stopped = true)) };
      },
    };
  }

  async #discover(settings: PbxSettings): Promise<Directory> {
    this.discoveredWith.push(settings);
    await this.whileDiscovering();
    if (this.failure) throw new LinkError(this.failure, 'as the test wants it');
    return { users: this.users, queues: this.queues, capabilities: ['directory'], version: 'fake 1', notices: [] };
  }
}

export function fakeUser(externalId: string, name: string, more: Partial<DirectoryUser> = {}): DirectoryUser {
  return {
    externalId,
    name,
    email: null,
    extension: externalId,
    devices: [`FAKE/${externalId}`],
    keys: ['accountcode:acme'],
    derived: false,
    ...more,
  };
}

export function fakeEvent(receivedAt: number): NeutralEvent {
  return { type: 'directory.changed', at: receivedAt, receivedAt, seq: 1, origin: 'live' };
}
