import { Tabs } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams, useRouterState } from '@tanstack/react-router';
import { useMay, useMembership } from '../../api/acting.ts';
import { customerQuery } from '../../api/tenants.ts';
import { navigationFor } from '../../shell/navigation.ts';
import { DisabledNote } from './StatusActions.tsx';

/**
 * Around a customer's pages. Its sections stand in the left navigation; where that is folded away
 * (narrow screens) they stand here as tabs.
 */
export function CustomerLayout() {
  const { customerId } = useParams({ from: '/app/customers/$customerId' });
  const { data: customer } = useSuspenseQuery(customerQuery(customerId));
  const mayWrite = useMay('customers.write');
  return (
    <>
      <SectionTabs customerId={customerId} />
      {customer.status === 'disabled' && <DisabledNote customer={customer} mayWrite={mayWrite} />}
      <Outlet />
    </>
  );
}

function SectionTabs({ customerId }: { customerId: string }) {
  const { i18n, t } = useLingui();
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const sections = navigationFor({ level: 'customer', customerId }, useMembership()?.permissions ?? []);
  const here = sections.toReversed().find(({ to, exact }) => (exact === true ? path === to : path.startsWith(to)));
  return (
    <Tabs value={here?.to ?? null} onChange={(to) => to !== null && void navigate({ to })} hiddenFrom="sm" mb="md">
      <Tabs.List aria-label={t`Sections of the customer`} style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden' }}>
        {sections.map(({ to, label }) => (
          <Tabs.Tab key={to} value={to}>
            {i18n._(label)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
