import { expect, test } from 'vitest';
import { renderLetter, type Letter } from './letter.ts';

const letter: Letter = {
  language: 'es',
  subject: 'Hola\r\nBcc: everyone@example.com',
  heading: '<script>alert(1)</script>',
  paragraphs: ['Tom & "Jerry" <b>'],
  action: { label: "Let's go", url: 'https://x.example/a?b=1&c="><img>' },
  footnotes: ['<i>small</i>'],
};

test('no value of a letter becomes markup', () => {
  const { html } = renderLetter(letter);
  expect(html).not.toMatch(/<script|<b>|<i>|<img/);
  expect(html).toContain('Tom &amp; &quot;Jerry&quot; &lt;b&gt;');
  expect(html).toContain('href="https://x.example/a?b=1&amp;c=&quot;&gt;&lt;img&gt;"');
  expect(html).toContain('<html lang="es">');
});

test('a subject is one line: no header can be smuggled in', () => {
  expect(renderLetter(letter).subject).toBe('Hola Bcc: everyone@example.com');
});

test('the plain text says the same, with the link on a line of its own', () => {
  expect(renderLetter(letter).text.split('\n')).toContain(letter.action.url);
});
