/** The portal's languages: which one is spoken, where it is kept, and how connector texts are read in it. */
import { i18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import type { LocalText } from '../../contract/connector-form.ts';

export type Language = keyof LocalText;

/** Each language by its own name, as a language menu shows it. */
export const languages: Record<Language, string> = { en: 'English', es: 'Español' };

const kept = 'ringside.language';

/** The language of the last visit, else the browser's, else English. */
export function preferredLanguage(): Language {
  const last = localStorage.getItem(kept);
  if (isLanguage(last)) return last;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
}

/** Loads the language's texts, switches every text on the page and remembers the choice. */
export async function speak(language: Language): Promise<void> {
  const { messages } = language === 'es' ? await import('../locales/es.po') : await import('../locales/en.po');
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
  localStorage.setItem(kept, language);
}

/** The language spoken now and a reader for texts that come with both. */
export function useLanguage(): { language: Language; read: (text: LocalText) => string } {
  const language = useLingui().i18n.locale as Language;
  return { language, read: (text) => text[language] };
}

function isLanguage(tag: unknown): tag is Language {
  return tag === 'en' || tag === 'es';
}
