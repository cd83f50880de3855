import { Button, Group, Paper, Skeleton, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { contract } from '../../../contract/index.ts';
import { useMay, useMembership } from '../../api/acting.ts';
import { call } from '../../api/client.ts';
import { newKey } from '../../api/keys.ts';
import { customerQuery } from '../../api/tenants.ts';
import { NotFoundPage } from '../../shell/Failures.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Form } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { useLanguage } from '../../ui/language.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { productTypesQuery } from '../customers/queries.ts';
import { FollowedOperation } from '../operations/FollowedOperation.tsx';
import { connectionSchema, newConnection, toCreate, type Catalog, type ConnectionValues } from './connection-form.ts';
import { ConnectionFields } from './ConnectionFields.tsx';
import { useCatalog } from './useCatalog.ts';

/** Connects a phone system to a customer that exists. */
export function ConnectPage() {
  const { t } = useLingui();
  const { customerId } = useParams({ from: '/app/customers/$customerId/pbx/new' });
  const { data: customer } = useSuspenseQuery(customerQuery(customerId));
  const acrossResellers = useMembership()?.tenantKind === 'enterprise';
  const product = useQuery(productTypesQuery).data?.items.find(({ id }) => id === customer.productTypeId);
  const { catalog, error, retry } = useCatalog(acrossResellers ? customer.resellerId : null, product?.pbxTypes ?? null);
  const [made, setMade] = useState<{ operationId: string | null } | null>(null);
  if (!useMay('pbx-connections.write')) return <NotFoundPage />;
  return (
    <>
      <PageHeader title={t`Connect a phone system`} />
      <Paper p="lg" maw={720}>
        {made !== null ? (
          <Made customerId={customerId} operationId={made.operationId} />
        ) : catalog === undefined ? (
          error === null ? (
            <Skeleton height={320} />
          ) : (
            <ErrorNote text={error.message} onRetry={retry} />
          )
        ) : (
          <ConnectForm customerId={customerId} catalog={catalog} onMade={(operationId) => setMade({ operationId })} />
        )}
      </Paper>
    </>
  );
}

function ConnectForm({
  customerId,
  catalog,
  onMade,
}: {
  customerId: string;
  catalog: Catalog;
  onMade: (operationId: string | null) => void;
}) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const client = useQueryClient();
  const [idempotencyKey] = useState(newKey);
  const form = useForm<ConnectionValues>({
    resolver: zodResolver(connectionSchema(catalog), { error: fieldMessages(language) }),
    defaultValues: newConnection(catalog),
  });
  return (
    <Form
      form={form}
      failureTitle={t`The phone system was not connected`}
      onSubmit={async (values) => {
        const body = toCreate(catalog, values);
        const { operationId } = await call(contract.pbxConnections.create, { params: { customerId }, body }, { idempotencyKey });
        form.reset(values);
        await client.invalidateQueries({ queryKey: ['customers', customerId] });
        onMade(operationId);
      }}
    >
      <ConnectionFields catalog={catalog} />
      <Group>
        <Button type="submit" loading={form.formState.isSubmitting}>
          <Trans>Save connection</Trans>
        </Button>
      </Group>
    </Form>
  );
}

function Made({ customerId, operationId }: { customerId: string; operationId: string | null }) {
  const client = useQueryClient();
  return (
    <Stack gap="md">
      {operationId === null ? (
        <Trans>The connection was saved. Nothing is connected until you enable it.</Trans>
      ) : (
        <FollowedOperation operationId={operationId} onEnd={() => void client.invalidateQueries({ queryKey: ['customers', customerId] })} />
      )}
      <Group gap="xs">
        <Button component={Link} to={`/customers/${customerId}/users`}>
          <Trans>Go to the users</Trans>
        </Button>
        <Button component={Link} to={`/customers/${customerId}/pbx`} variant="default">
          <Trans>Go to the phone system</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
