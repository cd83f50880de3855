import { Button, List, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconBan } from '@tabler/icons-react';
import { useState } from 'react';
import type { Reseller } from '../../../contract/tenants.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { resellerChanged, setDisabled } from './queries.ts';

/** Locks a reseller's people out after a question, or lets them in again. */
export function AccessAction({ reseller }: { reseller: Reseller }) {
  return reseller.status === 'disabled' ? <Enable reseller={reseller} /> : <Disable reseller={reseller} />;
}

function Disable({ reseller }: { reseller: Reseller }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { name } = reseller;

  async function disable(): Promise<void> {
    await resellerChanged(client, await setDisabled(reseller, true));
    notifications.show({ message: t`${name} is disabled.` });
  }

  return (
    <Stack gap="sm" align="flex-start">
      <Text>
        <Trans>Disabling stops the logins of its people. Its customers and their monitoring go on.</Trans>
      </Text>
      <Button variant="outline" color="red" leftSection={<IconBan size={16} aria-hidden="true" />} onClick={() => setAsking(true)}>
        <Trans>Disable reseller…</Trans>
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t`Disable ${name}?`}
        action={t`Disable reseller`}
        danger
        onConfirm={disable}
      >
        <List spacing={6}>
          <List.Item>
            <Trans>Nobody at {name} can use the portal or the API; those inside are logged out.</Trans>
          </List.Item>
          <List.Item>
            <Trans>Calls of its customers are still recorded, nothing is lost.</Trans>
          </List.Item>
        </List>
        <Text mt="sm">
          <Trans>You can enable the reseller again at any time.</Trans>
        </Text>
      </ConfirmDialog>
    </Stack>
  );
}

function Enable({ reseller }: { reseller: Reseller }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const enable = useMutation({
    mutationFn: () => setDisabled(reseller, false),
    onSuccess: async (saved) => {
      await resellerChanged(client, saved);
      notifications.show({ message: t`${saved.name} can log in again.` });
    },
    onError: (error) => notifications.show({ color: 'red', title: t`This could not be done`, message: error.message }),
  });
  return (
    <Stack gap="sm" align="flex-start">
      <Text>
        <Trans>Its people cannot log in. Calls of its customers are still monitored.</Trans>
      </Text>
      <Button variant="default" loading={enable.isPending} onClick={() => enable.mutate()}>
        <Trans>Enable reseller</Trans>
      </Button>
    </Stack>
  );
}
