import { Button, Group, List } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconPencil, IconPlugConnected, IconPlugX, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { contract } from '../../../contract/index.ts';
import type { PbxConnection } from '../../../contract/pbx-connections.ts';
import { call } from '../../api/client.ts';
import { newKey } from '../../api/keys.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { notifyFailure } from '../../ui/notify.ts';
import { FollowedOperation } from '../operations/FollowedOperation.tsx';

/** Sync now, change, enable or disable, remove. */
export function ConnectionActions({ connection }: { connection: PbxConnection }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const { customerId, id: connectionId, name } = connection;
  const params = { customerId, connectionId };
  const [asking, setAsking] = useState<'disable' | 'remove' | null>(null);
  const [operationId, setOperationId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: ['customers', customerId] });

  async function tried(work: () => Promise<string | null>): Promise<void> {
    setBusy(true);
    try {
      setOperationId(await work());
      await refresh();
    } catch (error) {
      notifyFailure(error);
    } finally {
      setBusy(false);
    }
  }

  const sync = () => tried(async () => (await call(contract.pbxConnections.sync, { params }, { idempotencyKey: newKey() })).operationId);
  const enable = () => tried(async () => (await call(contract.pbxConnections.update, { params, body: { enabled: true } })).operationId);

  return (
    <Group gap="xs" mt="lg">
      {connection.enabled ? (
        <Button variant="default" loading={busy} leftSection={<IconRefresh size={16} aria-hidden="true" />} onClick={() => void sync()}>
          <Trans>Sync users now</Trans>
        </Button>
      ) : (
        <Button loading={busy} leftSection={<IconPlugConnected size={16} aria-hidden="true" />} onClick={() => void enable()}>
          <Trans>Enable connection</Trans>
        </Button>
      )}
      <Button
        component={Link}
        to={`/customers/${customerId}/pbx/${connectionId}`}
        variant="default"
        leftSection={<IconPencil size={16} aria-hidden="true" />}
      >
        <Trans>Change settings</Trans>
      </Button>
      {connection.enabled && (
        <Button variant="default" leftSection={<IconPlugX size={16} aria-hidden="true" />} onClick={() => setAsking('disable')}>
          <Trans>Disable…</Trans>
        </Button>
      )}
      <Button variant="subtle" color="red" leftSection={<IconTrash size={16} aria-hidden="true" />} onClick={() => setAsking('remove')}>
        <Trans>Remove…</Trans>
      </Button>
      <ConfirmDialog
        opened={asking === 'disable'}
        onClose={() => setAsking(null)}
        title={t`Disable the connection “${name}”?`}
        action={t`Disable connection`}
        danger
        onConfirm={async () => {
          await call(contract.pbxConnections.update, { params, body: { enabled: false } });
          await refresh();
        }}
      >
        <Trans>Calls and agent states of this customer are no longer recorded until you enable it again; that time shows as a gap.</Trans>
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'remove'}
        onClose={() => setAsking(null)}
        title={t`Remove the connection “${name}”?`}
        action={t`Remove connection`}
        danger
        onConfirm={async () => {
          await call(contract.pbxConnections.remove, { params });
          await refresh();
        }}
      >
        <List spacing={6}>
          <List.Item>
            <Trans>Recording stops at once.</Trans>
          </List.Item>
          <List.Item>
            <Trans>Calls recorded so far and users stay.</Trans>
          </List.Item>
          <List.Item>
            <Trans>Other customers on the same phone system are not touched.</Trans>
          </List.Item>
        </List>
      </ConfirmDialog>
      <Dialog opened={operationId !== null} onClose={() => setOperationId(null)} title={t`Sync of “${name}”`}>
        {operationId !== null && <FollowedOperation operationId={operationId} onEnd={() => void refresh()} />}
      </Dialog>
    </Group>
  );
}
