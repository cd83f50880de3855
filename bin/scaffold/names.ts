/** One name in all the forms that code and texts need. */
export interface Names {
  /** `on-call-shifts` */
  kebab: string;
  /** `onCallShifts` */
  camel: string;
  /** `OnCallShifts` */
  pascal: string;
  /** `on_call_shifts` */
  snake: string;
  /** `on call shifts` */
  words: string;
}

/** @throws Error in plain words when it is no name */
export function namesOf(kebab: string): Names {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(kebab)) throw new Error(`"${kebab}" is no name: small letters, digits and single hyphens`);
  const pascal = kebab.split('-').map(capital).join('');
  return {
    kebab,
    pascal,
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    snake: kebab.replaceAll('-', '_'),
    words: kebab.replaceAll('-', ' '),
  };
}

/** @returns the name of one of them. English only: `bin/new` takes another word as its third argument */
export function singularOf(plural: string): string {
  if (plural.endsWith('ies')) return `${plural.slice(0, -3)}y`;
  if (/(ss|x|ch|sh)es$/.test(plural)) return plural.slice(0, -2);
  if (plural.endsWith('s') && !plural.endsWith('ss')) return plural.slice(0, -1);
  throw new Error(`what is one of "${plural}" called? Say it as another argument`);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
