import { Radio, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useController, useFormContext, useWatch } from 'react-hook-form';
import type { PbxType } from '../../../contract/connector-form.ts';
import { ConnectorForm } from '../../ui/form/ConnectorForm.tsx';
import { defaultsOf } from '../../ui/form/connector-form.ts';
import { SwitchField } from '../../ui/form/fields.tsx';
import { useLanguage } from '../../ui/language.ts';
import { AttributionFields } from './AttributionFields.tsx';
import classes from './ConnectionFields.module.css';
import { askedItems, connectionOfType, templatesOf, toProbe, typeOf, type Catalog, type ConnectionValues } from './connection-form.ts';
import { ConnectionProbe } from './ConnectionProbe.tsx';

/** Type, template, settings, test, the customer's part and switches of a new connection; stands in a form of `ConnectionValues`. */
export function ConnectionFields({ catalog }: { catalog: Catalog }) {
  const { t } = useLingui();
  const form = useFormContext<ConnectionValues>();
  const values = useWatch({ control: form.control }) as ConnectionValues;
  const type = typeOf(catalog, values.type);
  const items = askedItems(catalog, values);
  const probe = () => toProbe(catalog, form.getValues());
  return (
    <Stack gap="md">
      {catalog.types.length > 1 && (
        <TypeCards
          types={catalog.types}
          value={values.type}
          onChange={(next) => form.reset(connectionOfType(catalog, next), { keepDefaultValues: true })}
        />
      )}
      {catalog.types.length === 1 && type !== undefined && <OnlyType type={type} />}
      <TemplateField catalog={catalog} type={values.type} />
      {items.length === 0 ? (
        <Text c="dimmed">
          <Trans>The template holds all settings; there is nothing to fill in.</Trans>
        </Text>
      ) : (
        <ConnectorForm key={`${values.type} ${values.templateId ?? ''}`} items={items} name="settings" />
      )}
      {items.some(({ kind }) => kind === 'secret') && (
        <Text fz="sm" c="dimmed">
          <Trans>If this phone system is connected for another customer already, the secret may stay empty.</Trans>
        </Text>
      )}
      {type !== undefined && (
        <>
          <ConnectionProbe type={type} values={values.settings} probe={probe} />
          <AttributionFields type={type} values={values.settings} probe={probe} />
          {type.monitorsSubAccounts && (
            <SwitchField
              name="monitorSubAccounts"
              label={t`Monitor sub-accounts`}
              description={t`Calls in all accounts below this one are recorded too. Cannot be changed later.`}
            />
          )}
        </>
      )}
      <SwitchField
        name="enabled"
        label={t`Connect now`}
        description={t`Off: nothing is connected and no users are read until you enable it.`}
      />
    </Stack>
  );
}

function OnlyType({ type }: { type: PbxType }) {
  const { read } = useLanguage();
  return (
    <div>
      <Text fw={600}>{type.name}</Text>
      <Text fz="sm" c="dimmed">
        {read(type.summary)}
      </Text>
    </div>
  );
}

function TypeCards({ types, value, onChange }: { types: readonly PbxType[]; value: string; onChange: (type: string) => void }) {
  const { t } = useLingui();
  const { read } = useLanguage();
  return (
    <Radio.Group label={t`Phone system`} value={value} onChange={onChange}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" mt={4}>
        {types.map((type) => (
          <Radio.Card key={type.id} value={type.id} className={classes.card ?? ''} aria-label={type.name}>
            <Text fw={600}>{type.name}</Text>
            <Text fz="sm" c="dimmed">
              {read(type.summary)}
            </Text>
          </Radio.Card>
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}

const noTemplate = 'none';

/** Which template fills the form in; the default one is chosen already. Nothing while there are none. */
function TemplateField({ catalog, type }: { catalog: Catalog; type: string }) {
  const { t } = useLingui();
  const form = useFormContext<ConnectionValues>();
  const { field, fieldState } = useController({ control: form.control, name: 'templateId' });
  const templates = templatesOf(catalog, type);
  if (templates.length === 0) return null;

  function choose(chosen: string | null): void {
    const next = chosen === null || chosen === noTemplate ? null : chosen;
    form.setValue('templateId', next, { shouldDirty: true });
    form.setValue('settings', defaultsOf(askedItems(catalog, { type, templateId: next }), form.getValues('settings')));
    form.clearErrors();
  }

  return (
    <Select
      label={t`Template`}
      description={t`Settings you keep for many customers; only what it lacks is asked here.`}
      value={field.value ?? noTemplate}
      onBlur={field.onBlur}
      error={fieldState.error?.message}
      onChange={choose}
      data={[
        ...templates.map(({ id, name, isDefault }) => ({ value: id, label: isDefault ? t`${name} (default)` : name })),
        { value: noTemplate, label: t`No template, enter everything` },
      ]}
    />
  );
}
