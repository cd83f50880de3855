import { Alert, Paper, Skeleton, Stack } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { IconUsersGroup } from '@tabler/icons-react';
import { useForm, useWatch } from 'react-hook-form';
import type { PbxType } from '../../../contract/connector-form.ts';
import { contract } from '../../../contract/index.ts';
import type { PbxConnection } from '../../../contract/pbx-connections.ts';
import type { AnswerOf } from '../../../contract/route.ts';
import { useMay } from '../../api/acting.ts';
import { call } from '../../api/client.ts';
import { NotFoundPage } from '../../shell/Failures.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { defaultsOf, valuesToSend, type FormValueMap } from '../../ui/form/connector-form.ts';
import { ConnectorForm } from '../../ui/form/ConnectorForm.tsx';
import { TextField } from '../../ui/form/fields.tsx';
import { Form, SaveBar } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { useLanguage } from '../../ui/language.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { notify } from '../../ui/notify.ts';
import { AttributionFields } from './AttributionFields.tsx';
import { ConnectionProbe } from './ConnectionProbe.tsx';
import { connectionsQuery, connectionSettingsQuery, pbxTypesQuery } from './queries.ts';
import { settingsSchema, type SettingsValues } from './settings-form.ts';

type Kept = AnswerOf<typeof contract.pbxConnections.settings>;

/** Changes a connection and the link it hangs on. */
export function SettingsPage() {
  const { t } = useLingui();
  const { customerId, connectionId } = useParams({ from: '/app/customers/$customerId/pbx/$connectionId' });
  const mayWrite = useMay('pbx-connections.write');
  const connections = useQuery(connectionsQuery(customerId));
  const settings = useQuery({ ...connectionSettingsQuery(customerId, connectionId), enabled: mayWrite });
  const types = useQuery(pbxTypesQuery);
  const connection = connections.data?.find(({ id }) => id === connectionId);
  const type = types.data?.find(({ id }) => id === connection?.type);
  const error = settings.error ?? connections.error ?? types.error;
  if (!mayWrite || (connections.data !== undefined && connection === undefined)) return <NotFoundPage />;
  return (
    <>
      <PageHeader title={connection === undefined ? t`Phone system` : t`Settings of “${connection.name}”`} />
      <Paper p="lg" maw={720}>
        {connection === undefined || type === undefined || settings.data === undefined ? (
          error === null ? (
            <Skeleton height={320} />
          ) : (
            <ErrorNote text={error.message} onRetry={() => void settings.refetch()} />
          )
        ) : (
          <SettingsForm connection={connection} type={type} kept={settings.data} />
        )}
      </Paper>
    </>
  );
}

function SettingsForm({ connection, type, kept }: { connection: PbxConnection; type: PbxType; kept: Kept }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { customerId, id: connectionId, name, attribution } = connection;
  // The count takes this customer in.
  const others = kept.sharedWith - 1;
  const form = useForm<SettingsValues>({
    resolver: zodResolver(settingsSchema(type.form, kept.secrets), { error: fieldMessages(language) }),
    defaultValues: { name, settings: defaultsOf(type.form, kept.settings), attribution },
  });
  const settings = useWatch({ control: form.control, name: 'settings' }) as FormValueMap;
  const probe = () => ({ type: type.id, connectionId, settings: valuesToSend(type.form, form.getValues('settings')) });

  async function save(values: SettingsValues): Promise<void> {
    const body = {
      name: values.name,
      settings: valuesToSend(type.form, values.settings),
      attribution: { by: values.attribution.by, value: values.attribution.by === 'all' ? '' : values.attribution.value.trim() },
    };
    const { operationId } = await call(contract.pbxConnections.update, { params: { customerId, connectionId }, body });
    form.reset(values);
    await client.invalidateQueries({ queryKey: ['customers', customerId, 'pbx-connections'] });
    notify(operationId === null ? t`${body.name} was saved.` : t`${body.name} was saved; its users are read again.`);
    await navigate({ to: '/customers/$customerId/pbx', params: { customerId } });
  }

  return (
    <Form form={form} onSubmit={save}>
      {others > 0 && (
        <Alert color="blue" variant="light" icon={<IconUsersGroup size={18} aria-hidden="true" />}>
          <Plural
            value={others}
            one="# other customer uses this phone system by the same login. A new secret counts for it too."
            other="# other customers use this phone system by the same login. A new secret counts for them too."
          />
        </Alert>
      )}
      <TextField name="name" label={t`Name`} required />
      <Stack gap="md">
        <ConnectorForm items={type.form} name="settings" secrets={kept.secrets} />
      </Stack>
      <ConnectionProbe type={type} values={settings} probe={probe} />
      <AttributionFields type={type} values={settings} probe={probe} />
      <Alert color="amber" variant="light">
        <Trans>Saving connects anew when these settings differ: a few seconds may be missing.</Trans>
      </Alert>
      <SaveBar onDiscard={() => form.reset()} />
    </Form>
  );
}
