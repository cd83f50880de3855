import { ActionIcon, Button, Menu } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconDots, IconPlus, IconStar, IconTemplate, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { contract } from '../../../contract/index.ts';
import type { PbxTemplate } from '../../../contract/pbx-connections.ts';
import { useMay, useMembership } from '../../api/acting.ts';
import { call } from '../../api/client.ts';
import { rowsOf } from '../../api/rows.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Mark } from '../../ui/StatusBadge.tsx';
import { notify, notifyFailure } from '../../ui/notify.ts';
import { DataTable, type Column } from '../../ui/table/DataTable.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { pbxTemplatesQuery, pbxTypesQuery } from '../pbx-connections/queries.ts';
import { templatesChanged } from './queries.ts';

/** Connection settings kept for many customers; at most one is the default. */
export function TemplatesPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const mayWrite = useMay('pbx-templates.write');
  const query = useQuery(pbxTemplatesQuery(null, useMembership()?.tenantId ?? ''));
  const types = useQuery(pbxTypesQuery).data ?? [];
  const create = mayWrite && (
    <Button component={Link} to="/pbx-templates/new" leftSection={<IconPlus size={16} aria-hidden="true" />}>
      <Trans>Create template</Trans>
    </Button>
  );
  const columns: Column<PbxTemplate>[] = [
    { key: 'name', header: t`Name`, cell: (template) => <Name template={template} mayWrite={mayWrite} /> },
    { key: 'default', header: t`Default`, width: '130px', cell: ({ isDefault }) => isDefault && <DefaultMark /> },
    { key: 'type', header: t`Phone system`, wideOnly: true, cell: ({ type }) => types.find(({ id }) => id === type)?.name ?? type },
    { key: 'host', header: t`Host`, wideOnly: true, cell: ({ settings }) => String(settings['host'] ?? '–') },
    { key: 'createdAt', header: t`Created`, wideOnly: true, width: '170px', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
    ...(mayWrite
      ? [
          {
            key: 'actions',
            header: t`Actions`,
            width: '52px',
            align: 'right' as const,
            cell: (template: PbxTemplate) => <Actions template={template} />,
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHeader
        title={t`PBX templates`}
        text={t`Settings you keep for many customers. The default one is chosen for every new customer; only what it lacks is asked.`}
        actions={query.data !== undefined && query.data.length > 0 && create}
      />
      <DataTable
        {...rowsOf(query, (items) => items)}
        label={t`PBX templates`}
        columns={columns}
        rowKey={({ id }) => id}
        {...(mayWrite
          ? { onOpen: ({ id }: PbxTemplate) => void navigate({ to: '/pbx-templates/$templateId', params: { templateId: id } }) }
          : {})}
        expected={3}
        empty={
          <EmptyState
            Icon={IconTemplate}
            title={<Trans>No templates yet</Trans>}
            text={<Trans>With one phone system for many customers, enter its address and login once and let new customers use them.</Trans>}
            action={create}
          />
        }
      />
    </>
  );
}

function Name({ template: { id, name }, mayWrite }: { template: PbxTemplate; mayWrite: boolean }) {
  if (!mayWrite) return name;
  return (
    <TextLink to="/pbx-templates/$templateId" params={{ templateId: id }}>
      {name}
    </TextLink>
  );
}

function DefaultMark() {
  return (
    <Mark tone="busy" Icon={IconStar}>
      <Trans>Default</Trans>
    </Mark>
  );
}

function Actions({ template: { id, name, isDefault } }: { template: PbxTemplate }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [removing, setRemoving] = useState(false);

  async function setDefault(on: boolean): Promise<void> {
    try {
      await call(contract.pbxTemplates.update, { params: { templateId: id }, body: { isDefault: on } });
      notify(on ? t`${name} is the default template now.` : t`There is no default template now.`);
    } catch (error) {
      notifyFailure(error);
    } finally {
      await templatesChanged(client);
    }
  }

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t`Actions for ${name}`}>
            <IconDots size={17} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconStar size={16} aria-hidden="true" />} onClick={() => void setDefault(!isDefault)}>
            {isDefault ? <Trans>Default no longer</Trans> : <Trans>Make default</Trans>}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden="true" />} onClick={() => setRemoving(true)}>
            <Trans>Delete…</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title={t`Delete “${name}”?`}
        action={t`Delete template`}
        danger
        onConfirm={async () => {
          await call(contract.pbxTemplates.remove, { params: { templateId: id } });
          await templatesChanged(client);
        }}
      >
        <Trans>Connections made from it stay as they are. New customers can no longer use it.</Trans>
      </ConfirmDialog>
    </>
  );
}
