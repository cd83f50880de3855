/** One block of the manager interface: an event, or the answer to an action. */
export interface AmiMessage {
  /** Event name; '' for the answer to an action. */
  readonly name: string;
  readonly isResponse: boolean;
  readonly actionId: string | undefined;
  /** First value of a header, named in the exact case Asterisk sends; '' when it stands there without a value. */
  get(header: string): string | undefined;
  /** Every value of a header that repeats, e.g. `ChanVariable`, in order. */
  all(header: string): readonly string[];
  /** Characters of the whole block. */
  readonly size: number;
}

const EVENT = 'Event: ';
const RESPONSE = 'Response: ';

/**
 * Reads a block without splitting it: headers are looked up when asked for, since a mapper wants
 * a third of them and skips most messages by name alone.
 *
 * @param text the block's lines without the blank line that ends it; lines end with CRLF or LF
 */
export function parseMessage(text: string): AmiMessage {
  return new Block(text);
}

class Block implements AmiMessage {
  readonly name: string;
  readonly isResponse: boolean;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.name = text.startsWith(EVENT) ? text.slice(EVENT.length, lineEnd(text, EVENT.length)) : (this.get('Event') ?? '');
    this.isResponse = this.name === '' && (text.startsWith(RESPONSE) || this.get('Response') !== undefined);
  }

  get size(): number {
    return this.#text.length;
  }

  get actionId(): string | undefined {
    return this.get('ActionID');
  }

  get(header: string): string | undefined {
    const text = this.#text;
    const needle = needleOf(header);
    const at = text.indexOf(needle);
    if (at >= 0) return valueAt(text, at + needle.length);
    // The first line has no line end before it.
    return text.startsWith(needle.slice(1)) ? valueAt(text, needle.length - 1) : undefined;
  }

  all(header: string): readonly string[] {
    const text = this.#text;
    const needle = needleOf(header);
    const values: string[] = [];
    if (text.startsWith(needle.slice(1))) values.push(valueAt(text, needle.length - 1));
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length))
      values.push(valueAt(text, at + needle.length));
    return values;
  }
}

/** Header names come from our own code, so this stays small. */
const needles = new Map<string, string>();

function needleOf(header: string): string {
  let needle = needles.get(header);
  if (needle === undefined) {
    needle = `\n${header}:`;
    needles.set(header, needle);
  }
  return needle;
}

function valueAt(text: string, colonEnd: number): string {
  const from = text.charCodeAt(colonEnd) === 0x20 ? colonEnd + 1 : colonEnd;
  return text.slice(from, lineEnd(text, from));
}

function lineEnd(text: string, from: number): number {
  const lf = text.indexOf('\n', from);
  const end = lf < 0 ? text.length : lf;
  return end > from && text.charCodeAt(end - 1) === 0x0d ? end - 1 : end;
}
