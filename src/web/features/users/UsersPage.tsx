import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../../api/acting.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { AddUserDialog } from './AddUserDialog.tsx';
import { usersSearch, usersView } from './users-view.ts';
import { UsersTable } from './UsersTable.tsx';

/** The customer's people: found on the phone system or added by hand. */
export function UsersPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const mayWrite = useMay('users.write');
  const { customerId } = useParams({ from: '/app/customers/$customerId/users' });
  const view = usersView(useSearch({ from: '/app/customers/$customerId/users' }));
  const [adding, setAdding] = useState(false);
  const add = mayWrite && (
    <Button variant="default" leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setAdding(true)}>
      <Trans>Add user</Trans>
    </Button>
  );
  return (
    <>
      <PageHeader title={t`Users`} actions={add} />
      <UsersTable
        customerId={customerId}
        view={view}
        onView={(next) => void navigate({ to: '/customers/$customerId/users', params: { customerId }, search: usersSearch({ ...next }) })}
        empty={
          <EmptyState
            Icon={IconUsers}
            title={<Trans>Nobody here yet</Trans>}
            text={<Trans>People appear by themselves when a phone system is connected.</Trans>}
            action={
              <TextLink to="/customers/$customerId/pbx" params={{ customerId }}>
                <Trans>Go to the phone system</Trans>
              </TextLink>
            }
          />
        }
      />
      <AddUserDialog customerId={customerId} opened={adding} onClose={() => setAdding(false)} />
    </>
  );
}
