import { isAscii } from 'node:buffer';
import { LinkError } from '../connector.ts';
import { parseMessage } from './message.ts';
import type { AmiMessage } from './message.ts';

/** A server that sends more than this without an end is not speaking the manager protocol. */
export const MAX_LINE_BYTES = 1 << 20;
export const MAX_BLOCK_BYTES = 4 << 20;

const BANNER = 'Asterisk Call Manager';
const EVENT = 'Event: ';
const LF = 0x0a;
const CR = 0x0d;
const NONE = Number.MAX_SAFE_INTEGER;

export interface FramingSink {
  /** The greeting, once, before any message. */
  banner(line: string): void;
  message(message: AmiMessage): void;
  /** False: the event of this name is passed over unread. */
  wants(event: string): boolean;
}

/**
 * Cuts the byte stream into messages: a greeting line, then blocks of lines that a blank line ends.
 *
 * Boundaries are searched in a one-byte view of the chunk, where an index equals a byte offset; a
 * wanted block is then copied out of the bytes. The copy matters: a mapper keeps values for as long
 * as a call lives, and a slice of the view would keep the whole chunk alive with it.
 */
export class Framing {
  readonly #sink: FramingSink;
  /** Bytes of an unfinished block. They wait in pieces, so that tiny chunks do not copy them again and again. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  /** Last characters of the held bytes: a block's end may lie across the seam. */
  #seam = '';
  #lineBytes = 0;
  #greeted = false;

  constructor(sink: FramingSink) {
    this.#sink = sink;
  }

  /** @throws LinkError `protocol` when the peer does not speak the manager protocol */
  push(chunk: Buffer): void {
    let bytes = chunk;
    let text = chunk.toString('latin1');
    this.#boundLine(text);
    if (this.#heldBytes > 0) {
      if (!this.#endsIn(this.#seam + text)) return this.#hold(chunk, text);
      bytes = Buffer.concat([...this.#held, chunk]);
      text = bytes.toString('latin1');
      this.#release();
    }
    const rest = this.#cut(bytes, text);
    if (rest < bytes.length) this.#hold(bytes.subarray(rest), text.slice(rest));
  }

  /** @returns where the unfinished rest begins */
  #cut(bytes: Buffer, text: string): number {
    let start = 0;
    if (!this.#greeted) {
      const end = text.indexOf('\n');
      if (end < 0) return 0;
      this.#greet(text.slice(0, end).trimEnd());
      start = end + 1;
    }
    const decode = isAscii(bytes) ? 'latin1' : 'utf8';
    let crlf = find(text, '\n\r\n', start);
    let lf = find(text, '\n\n', start);
    for (;;) {
      start = skipBlankLines(text, start);
      if (crlf < start) crlf = find(text, '\n\r\n', start);
      if (lf < start) lf = find(text, '\n\n', start);
      const end = Math.min(crlf, lf);
      if (end === NONE) return start;
      if (this.#isWanted(text, start)) this.#sink.message(parseMessage(slice(bytes, decode, start, end)));
      start = end + (end === crlf ? 3 : 2);
    }
  }

  #isWanted(text: string, start: number): boolean {
    if (!text.startsWith(EVENT, start)) return true;
    const from = start + EVENT.length;
    const lf = text.indexOf('\n', from);
    return this.#sink.wants(text.slice(from, text.charCodeAt(lf - 1) === CR ? lf - 1 : lf));
  }

  #greet(line: string): void {
    if (!line.startsWith(BANNER)) throw new LinkError('protocol', 'the greeting is not that of an Asterisk manager');
    this.#greeted = true;
    this.#sink.banner(line);
  }

  #endsIn(text: string): boolean {
    return this.#greeted ? text.includes('\n\r\n') || text.includes('\n\n') : text.includes('\n');
  }

  #boundLine(text: string): void {
    const first = text.indexOf('\n');
    const longest = this.#lineBytes + (first < 0 ? text.length : first);
    if (longest > MAX_LINE_BYTES) throw new LinkError('protocol', `a line of more than ${MAX_LINE_BYTES} bytes`);
    this.#lineBytes = first < 0 ? longest : text.length - text.lastIndexOf('\n') - 1;
  }

  #hold(bytes: Buffer, text: string): void {
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    this.#seam = (this.#seam + text).slice(-2);
    if (this.#heldBytes > MAX_BLOCK_BYTES) throw new LinkError('protocol', `a message of more than ${MAX_BLOCK_BYTES} bytes`);
  }

  #release(): void {
    this.#held = [];
    this.#heldBytes = 0;
    this.#seam = '';
  }
}

function find(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at < 0 ? NONE : at;
}

function skipBlankLines(text: string, start: number): number {
  let at = start;
  for (let code = text.charCodeAt(at); code === LF || code === CR; code = text.charCodeAt(at)) at++;
  return at;
}

function slice(bytes: Buffer, decode: 'latin1' | 'utf8', start: number, end: number): string {
  return bytes.toString(decode, start, end);
}
