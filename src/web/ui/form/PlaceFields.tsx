import { useLingui } from '@lingui/react/macro';
import { useMemo, type ReactNode } from 'react';
import { languages, useLanguage, type Language } from '../language.ts';
import { SelectField } from './fields.tsx';
import { countries, countryName, timeZones } from './places.ts';

interface Props {
  name: string;
  /** The value in force while the field is empty, '' while that is not known; with it the field can be cleared. */
  inherited?: string;
  description?: ReactNode;
}

export function CountryField({ inherited, ...rest }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const asAbove = useAsAbove();
  const data = useMemo(() => countries(language), [language]);
  const above = inherited === undefined || inherited === '' ? inherited : countryName(inherited, language);
  return <SelectField {...rest} {...asAbove(above)} label={t`Country`} data={data} searchable />;
}

/** IANA zones, found by any part of their names. */
export function TimeZoneField({ inherited, ...rest }: Props) {
  const { t } = useLingui();
  const asAbove = useAsAbove();
  const data = useMemo(timeZones, []);
  return <SelectField {...rest} {...asAbove(inherited)} label={t`Time zone`} data={data} searchable limit={200} />;
}

export function LanguageField({ inherited, ...rest }: Props) {
  const { t } = useLingui();
  const asAbove = useAsAbove();
  const data = Object.entries(languages).map(([value, label]) => ({ value, label }));
  const above = inherited === undefined || inherited === '' ? inherited : languages[inherited as Language];
  return <SelectField {...rest} {...asAbove(above)} label={t`Language`} data={data} />;
}

/** An empty field of a tenant means the value of the tenant above it. */
function useAsAbove(): (inherited: string | undefined) => { clearable?: true; placeholder?: string } {
  const { t } = useLingui();
  return (inherited) => {
    if (inherited === undefined) return {};
    return { clearable: true, placeholder: inherited === '' ? t`As above` : t`As above: ${inherited}` };
  };
}
