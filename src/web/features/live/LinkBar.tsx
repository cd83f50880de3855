import { Button, Group, Skeleton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { IconPlugOff, IconWifiOff } from '@tabler/icons-react';
import { LiveLink } from '../../ui/connection/LiveLink.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Timer } from '../../ui/RelativeTime.tsx';
import { Mark } from '../../ui/StatusBadge.tsx';
import classes from './LinkBar.module.css';
import type { LiveClient } from './live-client.ts';
import { useLive } from './use-live.ts';

/** Whether what stands below can be trusted: our own connection, each phone system's link, the age of its last event. */
export function LinkBar({ client, customerId }: { client: LiveClient; customerId: string }) {
  const { t } = useLingui();
  const links = useLive(client, ({ board }) => board?.links);
  const heardAt = useLive(client, (state) => state.heardAt);
  const lost = useLive(client, ({ phase }) => phase.is === 'lost');
  return (
    <section className={classes.bar} aria-label={t`Connection`} data-lost={lost || undefined}>
      {lost && (
        <Group gap="xs" role="alert">
          <Mark tone="warn" Icon={IconWifiOff}>
            <Trans>Reconnecting</Trans>
          </Mark>
          <span>
            {heardAt === null ? (
              <Trans>Ringside cannot be reached.</Trans>
            ) : (
              <Trans>
                What you see is <Timer since={heardAt} /> old.
              </Trans>
            )}
          </span>
        </Group>
      )}
      {links === undefined
        ? !lost && <Skeleton height={22} width={260} />
        : links.map((link) => <LiveLink key={link.connectionId} link={link} heardAt={heardAt} />)}
      {links?.length === 0 && <NoLink customerId={customerId} />}
    </section>
  );
}

function NoLink({ customerId }: { customerId: string }) {
  const { t } = useLingui();
  return (
    <div style={{ width: '100%' }}>
      <EmptyState
        Icon={IconPlugOff}
        title={t`No phone system is connected`}
        text={t`Once one is connected, its calls, agents and queues appear here as they happen.`}
        action={
          <Button component={Link} to={`/customers/${customerId}/pbx`}>
            <Trans>Connect a phone system</Trans>
          </Button>
        }
      />
    </div>
  );
}
