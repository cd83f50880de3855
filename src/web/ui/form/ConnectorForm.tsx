import { Collapse, Stack, UnstyledButton } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useFormContext, useFormState, useWatch } from 'react-hook-form';
import type { FormItem } from '../../../contract/connector-form.ts';
import { useLanguage } from '../language.ts';
import { visibleItems, type FormValueMap, type SecretsSet } from './connector-form.ts';
import { NumberField, SelectField, SwitchField, TextAreaField, TextField } from './fields.tsx';
import { SecretField } from './SecretField.tsx';

interface Props {
  items: readonly FormItem[];
  /** Where the values stand in the form: `settings`. */
  name: string;
  secrets?: SecretsSet;
}

/** Draws a connector's form from its descriptor; rarely needed settings are folded away. */
export function ConnectorForm({ items, name, secrets = {} }: Props) {
  const { control } = useFormContext();
  const values = (useWatch({ control, name }) ?? {}) as FormValueMap;
  const visible = visibleItems(items, values);
  const draw = (item: FormItem) => <ItemField key={item.key} item={item} name={`${name}.${item.key}`} setOn={secrets[item.key] ?? null} />;
  const advanced = visible.filter((item) => item.advanced);
  return (
    <Stack gap="md">
      {visible.filter((item) => !item.advanced).map(draw)}
      {advanced.length > 0 && (
        <MoreSettings name={name} keys={advanced.map((item) => item.key)}>
          {advanced.map(draw)}
        </MoreSettings>
      )}
    </Stack>
  );
}

function ItemField({ item, name, setOn }: { item: FormItem; name: string; setOn: string | null }) {
  const { read } = useLanguage();
  const props = {
    name,
    label: read(item.label),
    required: item.required,
    ...(item.help === null ? {} : { description: read(item.help) }),
    ...(item.placeholder === null ? {} : { placeholder: item.placeholder }),
  };
  switch (item.kind) {
    case 'text':
      return <TextField {...props} autoComplete="off" spellCheck={false} />;
    case 'secret':
      return <SecretField {...props} setOn={setOn} />;
    case 'number':
      return <NumberField {...props} maw={160} />;
    case 'switch':
      return <SwitchField name={name} label={props.label} description={props.description} />;
    case 'select':
      return <SelectField {...props} data={item.options.map((option) => ({ value: option.value, label: read(option.label) }))} />;
    case 'pem':
      return <TextAreaField {...props} spellCheck={false} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }} />;
  }
}

/** Folded until asked for, or until one of its fields is wrong: no error may hide. */
function MoreSettings({ name, keys, children }: { name: string; keys: readonly string[]; children: React.ReactNode }) {
  const [opened, setOpened] = useState(false);
  const { errors } = useFormState();
  const wrong = (errors[name] ?? {}) as Record<string, unknown>;
  const shown = opened || keys.some((key) => wrong[key] !== undefined);
  const Icon = shown ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <UnstyledButton className="fold" aria-expanded={shown} onClick={() => setOpened(!shown)}>
        <Icon size={16} aria-hidden="true" />
        <Trans>More settings</Trans>
      </UnstyledButton>
      <Collapse expanded={shown}>
        <Stack gap="md" pt="md">
          {children}
        </Stack>
      </Collapse>
    </div>
  );
}
