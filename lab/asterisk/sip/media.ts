import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOST } from '../ports.ts';

export type Direction = 'sendrecv' | 'sendonly';

const FRAME_MS = 20;
const SAMPLES = 160;
const SILENCE = Buffer.alloc(SAMPLES, 0xff);
const PCMU = 0;
const TELEPHONE_EVENT = 101;

/** The audio of one call: an RTP socket that sends silence, and keys by RFC 4733. */
export class Media {
  readonly #socket: Socket;
  readonly #source = randomBytes(4);
  readonly #port: number;
  #peerPort: number | null = null;
  #sequence = 1;
  #timestamp = SAMPLES;
  #sdpVersion = 0;
  #timer: NodeJS.Timeout | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#port = socket.address().port;
    socket.on('error', () => {});
  }

  static open(): Promise<Media> {
    return new Promise((resolve, reject) => {
      const socket = createSocket('udp4');
      socket.once('error', reject);
      socket.bind(0, HOST, () => resolve(new Media(socket)));
    });
  }

  /** Our session description; each one has a new version. */
  describe(direction: Direction): string {
    this.#sdpVersion++;
    return [
      'v=0',
      `o=- 1 ${this.#sdpVersion} IN IP4 ${HOST}`,
      's=-',
      `c=IN IP4 ${HOST}`,
      't=0 0',
      `m=audio ${this.#port} RTP/AVP ${PCMU} ${TELEPHONE_EVENT}`,
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-15',
      `a=${direction}`,
      '',
    ].join('\r\n');
  }

  /** Sends to where the other side's description says. */
  follow(description: string): void {
    const port = Number(/m=audio (\d+)/.exec(description)?.[1] ?? 0);
    if (port === 0) return;
    this.#peerPort = port;
    this.#timer ??= setInterval(() => this.#send(PCMU, SILENCE, false, (this.#timestamp += SAMPLES)), FRAME_MS);
  }

  async press(keys: string): Promise<void> {
    for (const key of keys) {
      const code = '0123456789*#'.indexOf(key);
      const began = (this.#timestamp += SAMPLES);
      for (let i = 1; i <= 6; i++) {
        const duration = SAMPLES * i;
        this.#send(TELEPHONE_EVENT, Buffer.from([code, 10, duration >> 8, duration & 0xff]), i === 1, began);
        await sleep(FRAME_MS);
      }
      for (let i = 0; i < 3; i++) this.#send(TELEPHONE_EVENT, Buffer.from([code, 0x8a, 3, 192]), false, began);
      await sleep(150);
    }
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#peerPort = null;
    this.#socket.close();
  }

  #send(type: number, payload: Buffer, marker: boolean, timestamp: number): void {
    if (this.#peerPort === null) return;
    const head = Buffer.alloc(12);
    head[0] = 0x80;
    head[1] = type | (marker ? 0x80 : 0);
    head.writeUInt16BE(this.#sequence++ & 0xffff, 2);
    head.writeUInt32BE(timestamp >>> 0, 4);
    this.#source.copy(head, 8);
    this.#socket.send(Buffer.concat([head, payload]), this.#peerPort, HOST, () => {});
  }
}
