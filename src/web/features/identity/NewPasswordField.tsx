import { useLingui } from '@lingui/react/macro';
import { PasswordField } from '../../ui/form/fields.tsx';

/** A password being chosen; says the rules before one breaks them. */
export function NewPasswordField({ name, label }: { name: string; label: string }) {
  const { t } = useLingui();
  return (
    <PasswordField
      name={name}
      label={label}
      description={t`At least 10 characters. A few words in a row are easy to remember and hard to guess.`}
      autoComplete="new-password"
    />
  );
}
