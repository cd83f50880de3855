import { expect, test } from 'vitest';
import { linksIn } from './links.ts';

test('an address at the end of a sentence is found without the sentence’s marks, and once', () => {
  expect(linksIn('Open https://x.test/invitation/a-b_c. (Or https://x.test/invitation/a-b_c)\nhttp://y.test/?q=1')).toEqual([
    'https://x.test/invitation/a-b_c',
    'http://y.test/?q=1',
  ]);
});

test('nothing but web addresses becomes a link', () => {
  expect(linksIn('javascript:alert(1) mailto:a@b.test ftp://x.test')).toEqual([]);
});
