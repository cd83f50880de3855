import { Group } from '@mantine/core';
import type { CustomerSummary } from '../../../contract/customers.ts';
import { useNow } from '../../ui/clock.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { dayIn, trialDaysLeft } from './trial.ts';

interface Props {
  customer: Pick<CustomerSummary, 'status' | 'trial' | 'isInternal'>;
  /** The reseller's zone, in which trials are counted; the browser's while unknown. */
  timeZone?: string | undefined;
}

/** Active, disabled or terminated; on trial; the reseller's own demo system. */
export function CustomerMarks({ customer, timeZone }: Props) {
  const now = useNow(60_000);
  const daysLeft = trialDaysLeft(customer.trial, dayIn(now, timeZone));
  return (
    <Group gap="2px 6px">
      <StatusBadge status={{ is: customer.status }} />
      {daysLeft !== null && customer.status !== 'terminated' && <StatusBadge status={{ is: 'trial', daysLeft }} />}
      {customer.isInternal && <StatusBadge status={{ is: 'internal' }} />}
    </Group>
  );
}
