import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { contract } from '../../../contract/index.ts';
import { bodyOf, call } from '../../api/client.ts';
import { CopyLines } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/form/fields.tsx';
import { Form } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { useLanguage } from '../../ui/language.ts';
import { apiClientsQuery } from './queries.ts';

interface Made {
  clientId: string;
  clientSecret: string;
}

/** Makes a client and shows its secret, this once. */
export function CreateDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const [made, setMade] = useState<Made | null>(null);
  const close = (): void => {
    setMade(null);
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={close} title={made === null ? t`Create API client` : t`Keep the secret now`}>
      {made === null ? <NameForm onMade={setMade} onClose={close} /> : <Secret made={made} onClose={close} />}
    </Dialog>
  );
}

function NameForm({ onMade, onClose }: { onMade: (made: Made) => void; onClose: () => void }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const queries = useQueryClient();
  const form = useForm({
    resolver: zodResolver(bodyOf(contract.apiClients.create), { error: fieldMessages(language) }),
    defaultValues: { name: '' },
  });
  return (
    <Form
      form={form}
      guarded={false}
      failureTitle={t`The client was not created`}
      onSubmit={async (body) => {
        const { client, clientSecret } = await call(contract.apiClients.create, { body });
        onMade({ clientId: client.clientId, clientSecret });
        await queries.invalidateQueries({ queryKey: apiClientsQuery.queryKey });
      }}
    >
      <TextField name="name" label={t`Name`} description={t`What uses it: “CRM”, “Night import”.`} data-autofocus autoComplete="off" />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" loading={form.formState.isSubmitting}>
          <Trans>Create API client</Trans>
        </Button>
      </Group>
    </Form>
  );
}

function Secret({ made, onClose }: { made: Made; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Stack gap="md">
      <Alert color="amber" icon={<IconEyeOff size={18} aria-hidden="true" />}>
        <Trans>The secret is shown only now. Ringside keeps no copy that could be read.</Trans>
      </Alert>
      <CopyLines file={t`Client id`} lines={made.clientId} />
      <CopyLines file={t`Client secret`} lines={made.clientSecret} />
      <Text>
        <Trans>Ask for a token with it, then use the token for an hour:</Trans>
      </Text>
      <CopyLines file="curl" lines={curlOf(made)} />
      <Group justify="flex-end">
        <Button onClick={onClose}>
          <Trans>I have kept it</Trans>
        </Button>
      </Group>
    </Stack>
  );
}

function curlOf({ clientId, clientSecret }: Made): string {
  const { origin } = window.location;
  return [
    `TOKEN=$(curl -s ${origin}${contract.apiClients.token.path} \\`,
    `  -u '${clientId}:${clientSecret}' \\`,
    `  -d grant_type=client_credentials | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    ``,
    `curl -s ${origin}${contract.customers.list.path} -H "Authorization: Bearer $TOKEN"`,
  ].join('\n');
}
