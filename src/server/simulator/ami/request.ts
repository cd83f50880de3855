/** One action as a client sent it; header names in lower case. */
export interface AmiRequest {
  action: string;
  actionId: string | null;
  headers: ReadonlyMap<string, string>;
}

const MAX_LINE = 1024;
const MAX_HEADERS = 128;

/** Cuts the client's bytes into actions. Lines may end in CR LF or LF alone. */
export class RequestReader {
  #rest = '';
  #lines: string[] = [];

  /** @returns the actions completed by these bytes; a string is the error text for one that could not be read */
  feed(text: string): (AmiRequest | string)[] {
    const done: (AmiRequest | string)[] = [];
    this.#rest += text;
    for (let end = this.#rest.indexOf('\n'); end >= 0; end = this.#rest.indexOf('\n')) {
      const line = this.#rest.slice(0, end).replace(/\r$/, '');
      this.#rest = this.#rest.slice(end + 1);
      if (line !== '') this.#lines.push(line);
      else if (this.#lines.length > 0) done.push(parse(this.#lines.splice(0)));
    }
    if (this.#rest.length > MAX_LINE) {
      this.#rest = '';
      done.push('Failed to parse message: line too long');
    }
    return done;
  }
}

function parse(lines: readonly string[]): AmiRequest | string {
  if (lines.some((l) => l.length > MAX_LINE)) return 'Failed to parse message: line too long';
  if (lines.length > MAX_HEADERS) return 'Too many lines in message or allocation failure';
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { action: headers.get('action') ?? '', actionId: headers.get('actionid') ?? null, headers };
}
