import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../../api/acting.ts';
import { rowsOf } from '../../api/rows.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { AddSkeletonThingDialog } from './AddSkeletonThingDialog.tsx';
import { skeletonThingsQuery } from './queries.ts';
import { SkeletonThingsTable } from './SkeletonThingsTable.tsx';

/** All skeleton things of one customer. */
export function SkeletonThingsPage() {
  const { t } = useLingui();
  const { customerId } = useParams({ from: '/app/customers/$customerId' });
  const mayWrite = useMay('customers.write');
  const [adding, setAdding] = useState(false);
  const rows = rowsOf(useQuery(skeletonThingsQuery(customerId)), ({ items }) => items);
  const add = mayWrite ? (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setAdding(true)}>
      <Trans>Add skeleton thing</Trans>
    </Button>
  ) : null;
  return (
    <>
      <PageHeader title={t`Skeleton things`} actions={add} />
      <SkeletonThingsTable {...rows} />
      <AddSkeletonThingDialog customerId={customerId} opened={adding} onClose={() => setAdding(false)} />
    </>
  );
}
