import { StringDecoder } from 'node:string_decoder';
import { LinkError } from '../connector.ts';

const LONGEST_LINE = 1_000_000;

/** Bytes to lines: a half line, or half a character, at the end of a chunk waits for the rest. */
export class Lines {
  #decoder = new StringDecoder('utf8');
  #rest = '';

  /** @returns the lines that the chunk completes. @throws LinkError when a line does not end */
  push(chunk: Buffer): string[] {
    const parts = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = parts.pop() ?? '';
    if (this.#rest.length > LONGEST_LINE) throw new LinkError('protocol', 'a line without an end');
    return parts.filter((line) => line !== '');
  }
}
