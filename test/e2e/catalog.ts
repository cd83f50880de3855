/** English left over on a Spanish page, found by the catalog itself. */
import { readFile } from 'node:fs/promises';

const CATALOG = new URL('../../src/web/locales/es.po', import.meta.url);

/** @returns what finds, among a page's texts, English ones whose Spanish is another. */
export async function englishFinder(): Promise<(texts: readonly string[]) => string[]> {
  const pairs = messagesIn(await readFile(CATALOG, 'utf8'));
  const spanish = new Set(pairs.flatMap(([, translated]) => fragments(translated)));
  const english = new Set(pairs.flatMap(([source]) => fragments(source)).filter((text) => !spanish.has(text)));
  const long = [...english].filter((text) => text.split(' ').length >= 4);
  return (texts) => texts.filter((text) => english.has(text) || long.some((part) => text.includes(part)));
}

/** Sources and translations; what counts (plurals) is left out, its parts are in no text as they stand. */
function messagesIn(po: string): [string, string][] {
  const pairs = [...po.matchAll(/^msgid (".*"(?:\n".*")*)\nmsgstr (".*"(?:\n".*")*)/gm)].map(
    ([, source = '', translated = '']): [string, string] => [textIn(source), textIn(translated)],
  );
  return pairs.filter(([source]) => source !== '' && !/, (plural|select)/.test(source));
}

const textIn = (quoted: string): string =>
  quoted
    .split('\n')
    .map((line) => JSON.parse(line) as string)
    .join('');

/** What stands between placeholders and tags, as it comes to stand in a page. */
const fragments = (text: string): string[] =>
  text
    .split(/<[^>]*>|\{[^{}]*\}/)
    .map((part) => part.trim())
    .filter((part) => /[a-z]{2}/i.test(part));
