import { expect, test } from 'vitest';
import { AmiReader } from './ami-message.ts';

const STREAM =
  'Asterisk Call Manager/11.0.0\r\nResponse: Success\r\nActionID: d1\r\n\r\nEvent: Newexten\r\nVariable: a\r\nVariable: b: c\r\nName: Frank Öst\r\nEmpty: \r\n\r\n';

test('a stream reads the same whole and byte by byte', () => {
  const whole = new AmiReader().read(Buffer.from(STREAM));
  const reader = new AmiReader();
  const split = [...Buffer.from(STREAM)].flatMap((byte) => reader.read(Buffer.from([byte])));
  expect(reader.banner).toBe('Asterisk Call Manager/11.0.0');
  expect(split).toEqual(whole);
  expect(whole).toHaveLength(2);
});

test('a header that comes twice keeps both values', () => {
  const [, event] = new AmiReader().read(Buffer.from(STREAM));
  expect(event?.all('Variable')).toEqual(['a', 'b: c']);
  expect(event?.get('Name')).toBe('Frank Öst');
  expect(event?.get('Empty')).toBe('');
  expect(event?.get('Missing')).toBe('');
});
