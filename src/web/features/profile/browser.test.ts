import { expect, test } from 'vitest';
import { browserName } from './browser.ts';

test('a browser that carries another one’s name is called by its own', () => {
  expect(
    browserName(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    ),
  ).toBe('Edge · Windows');
  expect(
    browserName(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    ),
  ).toBe('Safari · iOS');
});

test('what tells nothing is not guessed', () => {
  expect(browserName('')).toBeNull();
  expect(browserName('curl/8.5.0')).toBe('curl');
});
