import { SegmentedControl } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { languages, speak, useLanguage, type Language } from '../ui/language.ts';

/** English or Spanish, at once and from then on. */
export function LanguageSwitch() {
  const { t } = useLingui();
  const { language } = useLanguage();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t`Language`}
      value={language}
      onChange={(value) => void speak(value as Language)}
      data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
    />
  );
}
