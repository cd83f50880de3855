import { Button, Paper, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { IconPencil } from '@tabler/icons-react';
import type { Customer } from '../../../contract/customers.ts';
import { useMay, useReseller } from '../../api/acting.ts';
import { customerQuery } from '../../api/tenants.ts';
import { countryName } from '../../ui/form/places.ts';
import { day } from '../../ui/format.ts';
import { languages, useLanguage } from '../../ui/language.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { LinkSummary } from '../pbx-connections/LinkSummary.tsx';
import { UserCounts } from '../users/UserCounts.tsx';
import { CustomerMarks } from './CustomerMarks.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { productTypesQuery } from './queries.ts';

/** One customer at a glance: state, product, place, phone system, people. */
export function OverviewPage() {
  const { t } = useLingui();
  const { customerId } = useParams({ from: '/app/customers/$customerId' });
  const { data: customer } = useSuspenseQuery(customerQuery(customerId));
  const reseller = useReseller(customer.resellerId).data;
  const mayWrite = useMay('customers.write');
  const mayUsers = useMay('users.read');
  return (
    <>
      <PageHeader
        title={customer.name}
        badge={<CustomerMarks customer={customer} timeZone={reseller?.effective.timeZone} />}
        actions={
          mayWrite &&
          customer.status !== 'terminated' && (
            <Button
              component={Link}
              to={`/customers/${customerId}/edit`}
              variant="default"
              leftSection={<IconPencil size={16} aria-hidden="true" />}
            >
              {t`Edit`}
            </Button>
          )
        }
      />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Stack gap="md">
          <LinkSummary customerId={customerId} />
          {mayUsers && <UserCounts customerId={customerId} />}
        </Stack>
        <Details customer={customer} resellerName={reseller?.name} />
      </SimpleGrid>
    </>
  );
}

function Details({ customer, resellerName }: { customer: Customer; resellerName: string | undefined }) {
  const { t } = useLingui();
  const { language, read } = useLanguage();
  const products = useQuery(productTypesQuery).data?.items;
  const product = products?.find(({ id }) => id === customer.productTypeId);
  const { effective, trial } = customer;
  const inherited = (own: string | null) => (own === null ? ` ${t`(inherited)`}` : '');
  return (
    <Paper p="lg">
      <Title order={2} mb="sm">
        <Trans>Details</Trans>
      </Title>
      <Facts
        facts={[
          {
            label: t`Product type`,
            value: products === undefined ? <Skeleton height={12} width={120} /> : product === undefined ? '–' : read(product.name),
          },
          ...(resellerName === undefined ? [] : [{ label: t`Reseller`, value: resellerName }]),
          { label: t`Reference`, value: customer.reference === '' ? '–' : customer.reference },
          { label: t`Country`, value: `${countryName(effective.country, language)}${inherited(customer.country)}` },
          { label: t`Time zone`, value: `${effective.timeZone.replaceAll('_', ' ')}${inherited(customer.timeZone)}` },
          { label: t`Language`, value: `${languages[effective.language]}${inherited(customer.language)}` },
          ...(trial === null
            ? []
            : [
                {
                  label: t`Trial`,
                  value: `${day(Date.parse(trial.startDate), language, 'UTC')} – ${day(Date.parse(trial.endDate), language, 'UTC')}`,
                },
              ]),
          { label: t`Created`, value: <RelativeTime at={customer.createdAt} /> },
        ]}
      />
      {customer.notes !== '' && (
        <>
          <Title order={3} mt="md" mb={4}>
            <Trans>Notes</Trans>
          </Title>
          <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{customer.notes}</Text>
        </>
      )}
    </Paper>
  );
}
