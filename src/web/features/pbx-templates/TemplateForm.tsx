import { Paper, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm, useWatch } from 'react-hook-form';
import type { PbxType } from '../../../contract/connector-form.ts';
import type { PbxTemplate } from '../../../contract/pbx-connections.ts';
import { defaultsOf, valuesToSend, type FormValueMap } from '../../ui/form/connector-form.ts';
import { ConnectorForm } from '../../ui/form/ConnectorForm.tsx';
import { SwitchField, TextField } from '../../ui/form/fields.tsx';
import { Form, SaveBar } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { useLanguage } from '../../ui/language.ts';
import { ConnectionProbe } from '../pbx-connections/ConnectionProbe.tsx';
import { optional, templateSchema, type TemplateValues } from './template-form.ts';

interface Props {
  type: PbxType;
  /** Undefined: a new one. */
  template?: PbxTemplate;
  /** Keeps it; rejects with the problem. */
  onSave: (values: TemplateValues) => Promise<void>;
}

/** Name, settings and default flag of a template; any setting may stay open for each customer's own. */
export function TemplateForm({ type, template, onSave }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const form = useForm<TemplateValues>({
    resolver: zodResolver(templateSchema(type), { error: fieldMessages(language) }),
    defaultValues: {
      name: template?.name ?? '',
      settings: template === undefined ? defaultsOf(type.form) : withKept(type, template),
      isDefault: template?.isDefault ?? false,
    },
  });
  const settings = useWatch({ control: form.control, name: 'settings' }) as FormValueMap;
  const send = (values: FormValueMap) => valuesToSend(type.form, values);
  return (
    <Paper p="lg" maw={720}>
      <Form
        form={form}
        onSubmit={async (values) => {
          await onSave({ ...values, settings: send(values.settings) });
          form.reset(values);
        }}
      >
        <TextField name="name" label={t`Name`} required autoFocus={template === undefined} />
        <Text c="dimmed">
          <Trans>Fill in what is the same for all customers; what stays empty is asked for each one.</Trans>
        </Text>
        <ConnectorForm items={optional(type.form)} name="settings" secrets={template?.secrets ?? {}} />
        <ConnectionProbe
          type={type}
          values={settings}
          probe={() => ({ type: type.id, templateId: template?.id ?? null, settings: send(form.getValues('settings')) })}
        />
        <SwitchField
          name="isDefault"
          label={t`Default template`}
          description={t`Used for every new customer without asking. Only one can be: the flag moves here.`}
        />
        <SaveBar label={template === undefined ? <Trans>Create template</Trans> : undefined} onDiscard={() => form.reset()} />
      </Form>
    </Paper>
  );
}

/** What a kept template leaves open stays open: the connector's defaults are not filled in behind one's back. */
function withKept(type: PbxType, template: PbxTemplate): FormValueMap {
  return defaultsOf(
    type.form.map((item) => ({ ...item, default: null })),
    template.settings,
  );
}
