import { ActionIcon, Anchor, Group, Menu, Text, Tooltip } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconDots, IconMail, IconPencil, IconUsers } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { CustomerRole } from '../../../contract/permissions.ts';
import type { User } from '../../../contract/users.ts';
import { useMay, useMembership } from '../../api/acting.ts';
import { rowsOf } from '../../api/rows.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DataTable, type Column } from '../../ui/table/DataTable.tsx';
import { Pager } from '../../ui/table/Pager.tsx';
import { TableBar } from '../../ui/table/TableBar.tsx';
import type { TableView } from '../../ui/table/view.ts';
import { BulkBar } from './BulkBar.tsx';
import { PAGE_SIZE, usersQuery } from './queries.ts';
import { RoleBox } from './RoleBox.tsx';
import { roleName } from './role-words.ts';
import { AccessMark } from './AccessMark.tsx';
import { useUserActions } from './use-user-actions.ts';
import { UserDialog } from './UserDialog.tsx';

interface Props {
  customerId: string;
  view: TableView;
  onView: (view: TableView) => void;
  /** Right of the search box. */
  right?: ReactNode;
  /** While nobody was found yet. */
  empty: ReactNode;
}

/** The customer's people with their roles as boxes: one by one in the row, in bulk for those selected. */
export function UsersTable({ customerId, view, onView, right, empty }: Props) {
  const { t } = useLingui();
  const mayWrite = useMay('users.write');
  const mayLicense = useMembership()?.tenantKind !== 'customer';
  const query = useQuery(usersQuery(customerId, view));
  const rows = rowsOf(query, ({ items }) => items);
  const actions = useUserActions(customerId);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [edited, setEdited] = useState<User | null>(null);
  const chosen = (rows.rows ?? []).filter(({ id }) => selected.has(id));
  const nameOf = (key: string) => rows.rows?.find(({ id }) => id === key)?.displayName ?? '';
  const show = (change: Partial<TableView>) => {
    setSelected(new Set());
    onView({ ...view, page: 1, ...change });
  };
  const roleColumn = (role: CustomerRole): Column<User> => ({
    key: role,
    header: role === 'admin.user' ? t`Administrator` : roleName(role),
    wideOnly: true,
    width: '96px',
    cell: (user) => (
      <RoleBox
        user={user}
        role={role}
        mayWrite={mayWrite}
        mayLicense={mayLicense}
        onChange={(on) => void actions.setRole(user, role, on)}
      />
    ),
  });
  const columns: Column<User>[] = [
    { key: 'displayName', header: t`Name`, sortable: true, cell: (user) => <Name user={user} onOpen={mayWrite ? setEdited : null} /> },
    { key: 'extension', header: t`Ext.`, sortable: true, width: '90px', cell: ({ extension }) => extension },
    { key: 'email', header: t`E-mail`, sortable: true, wideOnly: true, cell: ({ email }) => email ?? <None /> },
    roleColumn('customer.user.pbx'),
    roleColumn('customer.user.pbx.realtime'),
    roleColumn('customer.user.acd'),
    roleColumn('admin.user'),
    { key: 'access', header: t`Access`, width: '170px', cell: (user) => <AccessMark user={user} /> },
    ...(mayWrite
      ? [
          {
            key: 'actions',
            header: t`Actions`,
            width: '52px',
            align: 'right' as const,
            cell: (user: User) => <RowMenu user={user} onEdit={() => setEdited(user)} onInvite={() => void actions.invite(user)} />,
          },
        ]
      : []),
  ];

  return (
    <>
      <TableBar q={view.q} onQ={(q) => show({ q })} placeholder={t`Search users`} right={right} />
      {mayWrite && <BulkBar chosen={chosen} mayLicense={mayLicense} onApply={actions.changeMany} onClear={() => setSelected(new Set())} />}
      <DataTable
        {...rows}
        label={t`Users`}
        columns={columns}
        rowKey={({ id }) => id}
        view={view}
        onView={(next) => show(next)}
        {...(mayWrite
          ? { selection: { selected, onChange: setSelected, labelOf: (key: string) => t`Select ${nameOf(key)}` }, onOpen: setEdited }
          : {})}
        empty={view.q === '' ? empty : <NobodyFits />}
      />
      {query.data !== undefined && query.data.total > PAGE_SIZE && (
        <Pager page={view.page} pageSize={PAGE_SIZE} total={query.data.total} onPage={(page) => show({ page })} />
      )}
      <UserDialog user={edited} mayLicense={mayLicense} onClose={() => setEdited(null)} />
    </>
  );
}

function Name({ user, onOpen }: { user: User; onOpen: ((user: User) => void) | null }) {
  return (
    <Group gap={8} wrap="nowrap">
      {onOpen === null ? (
        <Text inherit fw={500} truncate>
          {user.displayName}
        </Text>
      ) : (
        <Anchor component="button" type="button" inherit fw={500} truncate onClick={() => onOpen(user)}>
          {user.displayName}
        </Anchor>
      )}
      {user.status === 'vanished' && <Vanished />}
    </Group>
  );
}

function Vanished() {
  const { t } = useLingui();
  return (
    <Tooltip label={t`No longer found on the phone system; what was recorded stays.`}>
      <Text span fz="xs" c="dimmed" tabIndex={0}>
        <Trans>gone from the PBX</Trans>
      </Text>
    </Tooltip>
  );
}

function None() {
  return (
    <Text span c="dimmed" inherit>
      –
    </Text>
  );
}

function RowMenu({ user, onEdit, onInvite }: { user: User; onEdit: () => void; onInvite: () => void }) {
  const { t } = useLingui();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t`Actions for ${user.displayName}`}>
          <IconDots size={17} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden="true" />} onClick={onEdit}>
          <Trans>Edit user and roles</Trans>
        </Menu.Item>
        {user.access !== 'active' && (
          <Menu.Item leftSection={<IconMail size={16} aria-hidden="true" />} disabled={user.email === null} onClick={onInvite}>
            {user.access === 'none' ? <Trans>Invite to the portal</Trans> : <Trans>Send invitation again</Trans>}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function NobodyFits() {
  return <EmptyState Icon={IconUsers} title={<Trans>Nobody fits</Trans>} text={<Trans>Try fewer letters.</Trans>} />;
}
