import { Divider } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useWatch } from 'react-hook-form';
import type { EffectiveSettings } from '../../../contract/tenants.ts';
import type { z } from 'zod';
import { NumberField, SwitchField, TextAreaField, TextField } from '../../ui/form/fields.tsx';
import { CountryField, LanguageField, TimeZoneField } from '../../ui/form/PlaceFields.tsx';

/** What is told of a reseller when it is made and when it is changed. @param inherited what empty fields mean; absent while unknown */
export function ResellerFields({ inherited, isNew }: { inherited?: z.infer<typeof EffectiveSettings> | undefined; isNew: boolean }) {
  const { t } = useLingui();
  return (
    <>
      <TextField name="name" label={t`Name`} required autoFocus={isNew} />
      <TextField name="reference" label={t`Reference`} description={t`Your own id for it, e.g. from your CRM.`} autoComplete="off" />
      <CountryField name="country" inherited={inherited?.country ?? ''} />
      <TimeZoneField name="timeZone" inherited={inherited?.timeZone ?? ''} description={t`Its licences and invoices follow this zone.`} />
      <LanguageField name="language" inherited={inherited?.language ?? ''} />
      <TextAreaField name="notes" label={t`Notes`} description={t`For you; the reseller does not see them.`} />
      <Divider label={t`Trials`} labelPosition="left" />
      <TrialFields />
    </>
  );
}

function TrialFields() {
  const { t } = useLingui();
  const allowed = useWatch({ name: 'mayGrantTrials' }) === true;
  return (
    <>
      <SwitchField
        name="mayGrantTrials"
        label={t`May give customers a trial`}
        description={t`A customer on trial costs nothing until the trial ends.`}
      />
      {allowed && <NumberField name="longestTrialDays" label={t`Longest trial, in days`} min={1} max={365} maw={200} />}
    </>
  );
}
