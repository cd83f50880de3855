import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconCircleCheck } from '@tabler/icons-react';
import { useCallback } from 'react';
import { customerQuery } from '../../../api/tenants.ts';
import { FollowedOperation } from '../../operations/FollowedOperation.tsx';
import { operationQuery } from '../../operations/queries.ts';
import { usersChanged } from '../../users/queries.ts';

interface Props {
  customerId: string;
  /** Null: no phone system is being connected. */
  operationId: string | null;
  onRoles: () => void;
}

/** Step 4: the customer is there; connecting, discovering and syncing go on, whether or not one stays. */
export function ProgressStep({ customerId, operationId, onRoles }: Props) {
  const client = useQueryClient();
  const name = useQuery(customerQuery(customerId)).data?.name ?? '';
  const operation = useQuery({ ...operationQuery(operationId ?? ''), enabled: operationId !== null }).data;
  const refresh = useCallback(() => void usersChanged(client, customerId), [client, customerId]);
  const failed = operation?.status === 'failed' || operation?.status === 'cancelled';
  const waiting = operationId !== null && operation?.status !== 'done' && !failed;
  return (
    <Stack gap="md">
      <Alert
        color="green"
        variant="light"
        icon={<IconCircleCheck size={18} aria-hidden="true" />}
        title={<Trans>{name} was created</Trans>}
      >
        <Trans>The invitation to its primary user is on its way.</Trans>
      </Alert>
      {operationId === null ? (
        <Text c="dimmed">
          <Trans>No phone system is being connected now. You can do that on the customer’s page at any time.</Trans>
        </Text>
      ) : (
        <>
          <Title order={2}>
            <Trans>Connecting the phone system</Trans>
          </Title>
          <FollowedOperation operationId={operationId} onEnd={refresh} />
          {waiting && (
            <Text fz="sm" c="dimmed">
              <Trans>This goes on when you leave this page; you find it under Activity.</Trans>
            </Text>
          )}
        </>
      )}
      <Group gap="xs">
        {!failed && operationId !== null && (
          <Button onClick={onRoles} disabled={waiting} data-autofocus>
            <Trans>Give roles</Trans>
          </Button>
        )}
        {failed && (
          <Button component={Link} to={`/customers/${customerId}/pbx/${operation.subjectId}`}>
            <Trans>Change the connection</Trans>
          </Button>
        )}
        <Button component={Link} to={`/customers/${customerId}`} variant={operationId === null ? 'filled' : 'default'}>
          <Trans>Go to the customer</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
