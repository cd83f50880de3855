import type { Connector, ConnectorIo, Directory, SessionOptions, SessionSink } from '../connector.ts';
import { SkeletonClient } from './client.ts';
import { descriptor } from './descriptor.ts';
import { toLinkError } from './failures.ts';
import { createMapper, keysOf } from './map.ts';
import type { SkeletonSettings } from './settings.ts';
import { testConnection } from './test-connection.ts';
import { Users, Watching, type Happened } from './wire.ts';

export const skeleton: Connector<SkeletonSettings> = { descriptor, test: testConnection, discover, session };

async function discover(settings: SkeletonSettings, io: ConnectorIo, signal: AbortSignal): Promise<Directory> {
  const { client, version } = await SkeletonClient.open(settings, io, signal);
  try {
    const { users } = await client.ask({ ask: 'users' }, Users);
    return {
      users: users.map(({ id, name, email, extension, device }) => ({
        externalId: id,
        name,
        email,
        extension,
        devices: [device],
        keys: keysOf(device),
        derived: false,
      })),
      queues: [],
      capabilities: descriptor.capabilities,
      version,
      notices: [],
    };
  } catch (error) {
    throw toLinkError(error);
  } finally {
    client.close();
  }
}

async function session(settings: SkeletonSettings, io: ConnectorIo, sink: SessionSink, options: SessionOptions): Promise<never> {
  const { client, epoch, version } = await SkeletonClient.open(settings, io, options.signal);
  try {
    sink.authenticated(epoch, version);
    const mapper = createMapper(options.firstSeq);
    const tell = (events: readonly Happened[], receivedAt: number): void =>
      sink.events(events.map((event) => mapper.live(event, receivedAt, client.skewMs ?? 0)));
    // What happens while the snapshot is on its way is put aside until it is told.
    let aside: [readonly Happened[], number][] | null = [];
    client.listen({
      alive: () => sink.alive(client.skewMs),
      happened: (events, receivedAt) => (aside === null ? tell(events, receivedAt) : void aside.push([events, receivedAt])),
    });
    const { legs } = await client.ask({ ask: 'watch' }, Watching);
    const restarted = options.previousEpoch !== null && options.previousEpoch !== epoch;
    sink.events(mapper.snapshot(legs, io.clock.now(), { epoch, restarted }));
    for (const [events, receivedAt] of aside) tell(events, receivedAt);
    aside = null;
    return await client.ended();
  } catch (error) {
    throw toLinkError(error);
  } finally {
    client.close();
  }
}
