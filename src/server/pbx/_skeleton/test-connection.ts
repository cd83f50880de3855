import type { ConnectionTestStep, LocalText } from '../../../contract/connector-form.ts';
import type { ConnectorIo } from '../connector.ts';
import { SkeletonClient } from './client.ts';
import { toLinkError } from './failures.ts';
import type { SkeletonSettings } from './settings.ts';
import { Users, Watching } from './wire.ts';

type Step = ConnectionTestStep['step'];
type Outcome = Pick<ConnectionTestStep, 'outcome' | 'message' | 'fix'>;

const SKEW_WARNS_MS = 2_000;

/** Walks from the name to the clock and says at each step what is wrong and how to mend it; after a failed step the rest is skipped. */
export async function* testConnection(
  settings: SkeletonSettings,
  io: ConnectorIo,
  signal: AbortSignal,
): AsyncGenerator<ConnectionTestStep> {
  let client: SkeletonClient | null = null;
  const line = (): SkeletonClient => {
    if (client === null) throw new Error('the steps after a failed connection are skipped');
    return client;
  };
  const steps: [Step, () => Promise<Outcome>][] = [
    ['dns', () => tried(io.outgoing.resolve(settings.host, signal), TEXT.dns, TEXT.dnsFix)],
    [
      'tcp',
      () =>
        tried(
          SkeletonClient.connect(settings, io, signal).then((open) => (client = open)),
          TEXT.tcp,
          TEXT.tcpFix,
        ),
    ],
    ['tls', async () => ({ outcome: 'skipped', message: TEXT.tlsOff, fix: null })],
    ['login', () => tried(line().login(settings), TEXT.login, TEXT.loginFix)],
    ['rights', () => tried(line().ask({ ask: 'users' }, Users), TEXT.rights, TEXT.rightsFix)],
    ['events', () => tried(line().ask({ ask: 'watch' }, Watching), TEXT.events, TEXT.rightsFix)],
    ['clock', async () => clock(line().skewMs ?? 0)],
  ];
  let failed = false;
  try {
    for (const [step, run] of steps) {
      const from = io.clock.monotonic();
      const outcome: Outcome = failed ? { outcome: 'skipped', message: TEXT.notReached, fix: null } : await run();
      failed ||= outcome.outcome === 'failed';
      yield { step, ...outcome, lines: null, ms: Math.round(io.clock.monotonic() - from) };
    }
  } finally {
    (client as SkeletonClient | null)?.close();
  }
}

async function tried(work: Promise<unknown>, good: LocalText, fix: LocalText): Promise<Outcome> {
  try {
    await work;
    return { outcome: 'ok', message: good, fix: null };
  } catch (error) {
    // The closed list of reasons only: an address that may not be reached reads like one where nothing listens.
    const { failure } = toLinkError(error);
    const reason = failure === 'refusedAddress' ? 'tcp' : failure;
    return { outcome: 'failed', message: { en: `It failed (${reason}).`, es: `Ha fallado (${reason}).` }, fix };
  }
}

function clock(skewMs: number): Outcome {
  if (Math.abs(skewMs) < SKEW_WARNS_MS) return { outcome: 'ok', message: TEXT.clock, fix: null };
  const seconds = Math.round(skewMs / 1_000);
  const message = {
    en: `Its clock differs by ${seconds} s; times are corrected.`,
    es: `Su reloj difiere en ${seconds} s; las horas se corrigen.`,
  };
  return { outcome: 'warning', message, fix: TEXT.clockFix };
}

const TEXT = {
  dns: { en: 'The name is known.', es: 'El nombre se conoce.' },
  dnsFix: { en: 'Check the host name.', es: 'Compruebe el nombre del servidor.' },
  tcp: { en: 'The port answers.', es: 'El puerto responde.' },
  tcpFix: { en: 'Check host, port and firewall.', es: 'Compruebe el servidor, el puerto y el cortafuegos.' },
  tlsOff: { en: 'Without encryption.', es: 'Sin cifrado.' },
  login: { en: 'Logged in.', es: 'Sesión iniciada.' },
  loginFix: { en: 'Check user and password.', es: 'Compruebe el usuario y la contraseña.' },
  rights: { en: 'The directory can be read.', es: 'Se puede leer el directorio.' },
  rightsFix: { en: 'Give the user the right to read.', es: 'Dé al usuario permiso de lectura.' },
  events: { en: 'Calls can be watched.', es: 'Se pueden observar las llamadas.' },
  clock: { en: 'The clocks agree.', es: 'Los relojes coinciden.' },
  clockFix: { en: 'Let the PBX take its time from NTP.', es: 'Sincronice la hora de la centralita por NTP.' },
  notReached: { en: 'Not reached.', es: 'No se ha llegado a este paso.' },
} satisfies Record<string, LocalText>;
