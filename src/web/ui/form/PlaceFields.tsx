import { useLingui } from '@lingui/react/macro';
import { useMemo, type ReactNode } from 'react';
import { languages, useLanguage, type Language } from '../language.ts';
import { SelectField } from './fields.tsx';
import { countries, countryName, timeZones } from './places.ts';

interface Props {
  name: string;
  /** The value in force while the field is empty; with it the field can be cleared. */
  inherited?: string;
  description?: ReactNode;
}

export function CountryField({ inherited, ...rest }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const data = useMemo(() => countries(language), [language]);
  return <SelectField {...rest} {...whenEmpty(inherited, t`As above: ${countryName(inherited ?? 'ES', language)}`)} label={t`Country`} data={data} searchable />;
}

/** IANA zones, found by any part of their names. */
export function TimeZoneField({ inherited, ...rest }: Props) {
  const { t } = useLingui();
  const data = useMemo(timeZones, []);
  return <SelectField {...rest} {...whenEmpty(inherited, t`As above: ${inherited ?? ''}`)} label={t`Time zone`} data={data} searchable limit={200} />;
}

export function LanguageField({ inherited, ...rest }: Props) {
  const { t } = useLingui();
  const data = Object.entries(languages).map(([value, label]) => ({ value, label }));
  return <SelectField {...rest} {...whenEmpty(inherited, t`As above: ${languages[(inherited ?? 'en') as Language]}`)} label={t`Language`} data={data} />;
}

/** An empty field of a tenant means the value of the tenant above it. */
function whenEmpty(inherited: string | undefined, placeholder: string) {
  return inherited === undefined ? {} : { clearable: true, placeholder };
}
