import { expect, test } from 'vitest';
import { count, folded, instant, relative, stopwatch, timeOfDay } from './format.ts';

test('a stopwatch shows hours only when there are any, and cuts instead of rounding up', () => {
  expect([0, 999, 7_000, 59_999, 60_000, 760_000, 3_599_999, 3_753_000, 90_000_000].map(stopwatch)).toEqual([
    '0:00',
    '0:00',
    '0:07',
    '0:59',
    '1:00',
    '12:40',
    '59:59',
    '1:02:33',
    '25:00:00',
  ]);
});

test('a stopwatch never runs below zero when the clocks differ', () => {
  expect(stopwatch(-4_000)).toBe('0:00');
});

test('distances use the greatest whole unit, in both languages', () => {
  const now = Date.UTC(2026, 10, 22, 12);
  expect(relative(now - 5 * 60_000 - 59_000, now, 'en')).toBe('5 minutes ago');
  expect(relative(now - 5 * 60_000, now, 'es')).toBe('hace 5 minutos');
  expect(relative(now - 86_400_000, now, 'en')).toBe('yesterday');
  expect(relative(now + 3 * 86_400_000, now, 'es')).toBe('dentro de 3 días');
  expect(relative(now, now, 'en')).toBe('now');
});

test('instants are told in the zone that was asked for', () => {
  const at = Date.UTC(2026, 10, 22, 23, 30, 5);
  expect(timeOfDay(at, 'en', 'Europe/Madrid')).toBe('00:30:05');
  expect(instant(at, 'es', 'America/Bogota')).toContain('22 nov 2026');
});

test('numbers carry the separators of the language', () => {
  expect(count(12_345, 'en')).toBe('12,345');
  expect(count(12_345, 'es')).toBe('12.345');
});

test('a search finds words whatever their accents and capitals', () => {
  expect(folded('Gestoría ÑANDÚ')).toBe('gestoria nandu');
});
