import { Button, Group, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { UsersTable } from '../../users/UsersTable.tsx';
import { initialUsers } from '../../users/users-view.ts';

/** Step 5: who of those found gets what; each change counts at once, so there is nothing to save. */
export function RolesStep({ customerId }: { customerId: string }) {
  const [view, setView] = useState(initialUsers);
  return (
    <>
      <Text c="dimmed" mb="md">
        <Trans>
          Everybody found has the Essential role and is tracked, without a login. Give add-ons and website access here; changes count at
          once.
        </Trans>
      </Text>
      <UsersTable
        customerId={customerId}
        view={view}
        onView={setView}
        empty={
          <EmptyState
            Icon={IconUsers}
            title={<Trans>Nobody was found</Trans>}
            text={<Trans>The phone system named no users for this customer.</Trans>}
          />
        }
      />
      <Group justify="flex-end" mt="md">
        <Button component={Link} to={`/customers/${customerId}`}>
          <Trans>Finish</Trans>
        </Button>
      </Group>
    </>
  );
}
