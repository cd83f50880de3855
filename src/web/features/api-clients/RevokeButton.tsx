import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { contract } from '../../../contract/index.ts';
import { call } from '../../api/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import type { ApiClient } from './ApiClientsPage.tsx';
import { apiClientsQuery } from './queries.ts';

/** Ends a client for good, after a question. */
export function RevokeButton({ client: { id, name } }: { client: ApiClient }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);

  async function revoke(): Promise<void> {
    await call(contract.apiClients.revoke, { params: { apiClientId: id } });
    await client.invalidateQueries({ queryKey: apiClientsQuery.queryKey });
    notifications.show({ message: t`${name} is revoked.` });
  }

  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)} aria-label={t`Revoke ${name}`}>
        <Trans>Revoke…</Trans>
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t`Revoke ${name}?`}
        action={t`Revoke API client`}
        danger
        onConfirm={revoke}
      >
        <Trans>
          Programs that use it are refused from now on, also with tokens they hold already. This cannot be undone; you can create a new
          client.
        </Trans>
      </ConfirmDialog>
    </>
  );
}
