import type { ConnectorIo, Directory, SessionOptions, SessionSink } from '../connector.ts';
import { AmiClient } from './client.ts';
import { discover } from './discovery.ts';
import { toLinkError } from './failures.ts';
import { Feed } from './feed.ts';
import { login } from './login.ts';
import { WANTED_EVENTS, createMapper } from './map.ts';
import { BootWatch, waitUntilReady } from './ready.ts';
import type { PbxRun } from './ready.ts';
import type { AsteriskSettings } from './settings.ts';

/** One line from greeting to end: log in, wait for the PBX, subscribe, snapshot, live. @throws LinkError */
export async function runSession(settings: AsteriskSettings, io: ConnectorIo, sink: SessionSink, options: SessionOptions): Promise<never> {
  const { client, run } = await openReady(settings, io, options.signal);
  try {
    sink.authenticated(run.epoch, run.version);
    const directory = options.directory ?? (await discover(client, run.version));
    const mapper = createMapper({ directory, firstSeq: options.firstSeq });
    const rediscover = (): Promise<Directory> => discover(client, run.version);
    const feed = new Feed({ client, mapper, sink, clock: io.clock, wanted: WANTED_EVENTS, directory, rediscover });
    try {
      const restarted = options.previousEpoch !== null && options.previousEpoch !== run.epoch;
      await feed.begin(run.epoch, restarted);
      // What was given may be days old.
      if (options.directory !== null) feed.doubtDirectory();
      return await client.ended();
    } finally {
      feed.stop();
    }
  } catch (error) {
    throw toLinkError(error);
  } finally {
    client.close();
  }
}

/** Connects, discovers, and leaves. @throws LinkError */
export async function discoverOnce(settings: AsteriskSettings, io: ConnectorIo, signal: AbortSignal): Promise<Directory> {
  const { client, run } = await openReady(settings, io, signal);
  try {
    return await discover(client, run.version);
  } catch (error) {
    throw toLinkError(error);
  } finally {
    client.close();
  }
}

/** A line that is logged in to an Asterisk that has finished starting, its clock measured. */
async function openReady(settings: AsteriskSettings, io: ConnectorIo, signal: AbortSignal): Promise<{ client: AmiClient; run: PbxRun }> {
  const client = await AmiClient.open(settings, io, signal);
  try {
    const watch = new BootWatch(client);
    await login(client, settings);
    const run = await waitUntilReady(client, watch, io.clock);
    await client.ping();
    return { client, run };
  } catch (error) {
    client.close();
    throw toLinkError(error);
  }
}
