import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Framing, MAX_BLOCK_BYTES, MAX_LINE_BYTES } from './framing.ts';
import type { AmiMessage } from './message.ts';

const BANNER = 'Asterisk Call Manager/11.0.0\r\n';

function frame(
  chunks: readonly (string | Buffer)[],
  wants: (event: string) => boolean = () => true,
): { banner: string; messages: AmiMessage[] } {
  const read = { banner: '', messages: [] as AmiMessage[] };
  const framing = new Framing({ banner: (line) => void (read.banner = line), message: (m) => void read.messages.push(m), wants });
  for (const chunk of chunks) framing.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return read;
}

const summary = (messages: readonly AmiMessage[]): string[] => messages.map((m) => `${m.name}|${m.get('Name')}|${m.all('V').join(',')}`);

describe('framing', () => {
  it('takes the greeting apart although no blank line follows it', () => {
    const { banner, messages } = frame([`${BANNER}Response: Success\r\nActionID: 1\r\n\r\n`]);
    expect(banner).toBe('Asterisk Call Manager/11.0.0');
    expect(messages.map((m) => m.actionId)).toEqual(['1']);
  });

  it('reads blocks ended by CRLF, by LF and by a mix of both', () => {
    const { messages } = frame([
      `${BANNER}Event: A\r\nName: 1\r\n\r\nEvent: B\nName: 2\n\nEvent: C\r\nName: 3\r\n\r\n\r\n\nEvent: D\nName: 4\n\n`,
    ]);
    expect(summary(messages)).toEqual(['A|1|', 'B|2|', 'C|3|', 'D|4|']);
  });

  it('keeps half a message at the end of a chunk until the rest comes', () => {
    expect(frame([BANNER, 'Event: A\r\nName: 1\r\n']).messages).toEqual([]);
    expect(summary(frame([BANNER, 'Event: A\r\nName: 1\r\n', '\r\n']).messages)).toEqual(['A|1|']);
  });

  it('reads the same messages however the bytes are cut', () => {
    const stream = Buffer.from(
      `${BANNER}Event: A\r\nName: Frank Öst 🎧\r\nV: 1\r\nV: 2\r\n\r\nEvent: B\r\nName: \r\nV: a: b\r\n\r\nEvent: C\nName: <unknown>\n\n`,
    );
    const whole = summary(frame([stream]).messages);
    expect(whole).toEqual(['A|Frank Öst 🎧|1,2', 'B||a: b', 'C|<unknown>|']);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 40 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        const chunks = at.slice(1).map((end, i) => stream.subarray(at[i], end));
        expect(summary(frame(chunks).messages)).toEqual(whole);
      }),
    );
    expect(summary(frame([...stream].map((byte) => Buffer.from([byte]))).messages)).toEqual(whole);
  });

  it('reads a text that is not UTF-8 with a replacement mark instead of failing', () => {
    const { messages } = frame([
      BANNER,
      Buffer.concat([Buffer.from('Event: A\r\nName: J'), Buffer.from([0xf6]), Buffer.from('rg\r\n\r\n')]),
    ]);
    expect(messages[0]?.get('Name')).toBe('J\uFFFDrg');
  });

  it('passes over unwanted events but never over an answer', () => {
    const { messages } = frame(
      [`${BANNER}Event: VarSet\r\nName: 1\r\n\r\nEvent: Hangup\r\nName: 2\r\n\r\nResponse: Success\r\nName: 3\r\n\r\n`],
      (event) => event === 'Hangup',
    );
    expect(messages.map((m) => m.get('Name'))).toEqual(['2', '3']);
  });

  it('refuses a peer that greets otherwise', () => {
    expect(() => frame(['SSH-2.0-OpenSSH_9.2\r\n'])).toThrow('protocol');
  });

  it('refuses a line and a message without an end instead of keeping them', () => {
    const part = 'x'.repeat(60_000);
    expect(() => frame([BANNER, ...Array.from({ length: Math.ceil(MAX_LINE_BYTES / part.length) + 1 }, () => part)])).toThrow(
      'a line of more',
    );
    expect(() => frame([BANNER, ...Array.from({ length: Math.ceil(MAX_BLOCK_BYTES / part.length) + 1 }, () => `${part}\r\n`)])).toThrow(
      'a message of more',
    );
    expect(() => frame(['y'.repeat(MAX_LINE_BYTES + 1)])).toThrow('protocol');
  });

  it('survives any bytes: it reads them or refuses them, and stays bounded', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 60 }),
            fc.constantFrom('Event: ', '\r\n', '\n', '\r\n\r\n', 'Response: ', ': ').map((s) => Buffer.from(s)),
          ),
        ),
        (parts) => {
          frame([BANNER, ...parts.map((p) => Buffer.from(p))]).messages.forEach((m) => void [m.name, m.actionId, m.all('V')]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
