import { useLingui } from '@lingui/react/macro';
import { TextAreaField, TextField } from '../../ui/form/fields.tsx';
import { CountryField, LanguageField, TimeZoneField } from '../../ui/form/PlaceFields.tsx';
import type { Reseller } from '../../../contract/tenants.ts';

/** Name and reference of a customer. */
export function NameFields({ autoFocus = false }: { autoFocus?: boolean }) {
  const { t } = useLingui();
  return (
    <>
      <TextField
        name="name"
        label={t`Name`}
        description={t`Each of your customers has a name of its own.`}
        required
        autoFocus={autoFocus}
      />
      <TextField
        name="reference"
        label={t`Reference`}
        description={t`Your own id for it, e.g. from your CRM. Printed on invoices.`}
        autoComplete="off"
      />
    </>
  );
}

/** @param inherited what counts while nothing is chosen; null while unknown */
export function CustomerCountryField({ inherited }: { inherited: Reseller['effective'] | null }) {
  const { t } = useLingui();
  return (
    <CountryField
      name="country"
      {...(inherited === null ? {} : { inherited: inherited.country })}
      description={t`Decides how phone numbers are read and written.`}
    />
  );
}

/** Time zone and language; what is left empty follows the reseller. @param inherited null while unknown */
export function RegionFields({ inherited }: { inherited: Reseller['effective'] | null }) {
  const { t } = useLingui();
  return (
    <>
      <TimeZoneField
        name="timeZone"
        {...(inherited === null ? {} : { inherited: inherited.timeZone })}
        description={t`Days in call lists and reports begin at midnight there.`}
      />
      <LanguageField
        name="language"
        {...(inherited === null ? {} : { inherited: inherited.language })}
        description={t`Of invitations and other mails.`}
      />
    </>
  );
}

export function NotesField() {
  const { t } = useLingui();
  return <TextAreaField name="notes" label={t`Notes`} description={t`For your support staff; the customer does not see them.`} />;
}
