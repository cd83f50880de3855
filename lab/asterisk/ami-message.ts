import { StringDecoder } from 'node:string_decoder';

/** One block of AMI: a response or an event. The same header may come more than once. */
export class AmiMessage {
  readonly #fields: readonly (readonly [string, string])[];

  constructor(fields: readonly (readonly [string, string])[]) {
    this.#fields = fields;
  }

  /** First value of a header; empty when it is missing. */
  get(name: string): string {
    return this.#fields.find(([key]) => key === name)?.[1] ?? '';
  }

  all(name: string): string[] {
    return this.#fields.filter(([key]) => key === name).map(([, value]) => value);
  }
}

/** Cuts the byte stream of an AMI connection into messages; the first line is the banner. */
export class AmiReader {
  banner: string | null = null;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  read(bytes: Buffer): AmiMessage[] {
    this.#rest += this.#decoder.write(bytes);
    if (this.banner === null && !this.#takeBanner()) return [];
    const blocks = this.#rest.split('\r\n\r\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.map(toMessage);
  }

  #takeBanner(): boolean {
    const end = this.#rest.indexOf('\r\n');
    if (end < 0) return false;
    this.banner = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end + 2);
    return true;
  }
}

function toMessage(block: string): AmiMessage {
  const fields: [string, string][] = [];
  for (const line of block.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.push([line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]);
  }
  return new AmiMessage(fields);
}
