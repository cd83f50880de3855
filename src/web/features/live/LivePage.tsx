import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconDeviceTv } from '@tabler/icons-react';
import { customerQuery } from '../../api/tenants.ts';
import { NoPermissionPage, NotFoundPage } from '../../shell/Failures.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { AgentsPanel } from './AgentsPanel.tsx';
import { Announcer } from './Announcer.tsx';
import { CallsPanel } from './CallsPanel.tsx';
import { frozenAt } from './frozen.ts';
import { GapNotes } from './GapNotes.tsx';
import { Kiosk } from './Kiosk.tsx';
import { LinkBar } from './LinkBar.tsx';
import type { LiveClient } from './live-client.ts';
import classes from './LivePage.module.css';
import type { LiveView } from './live-view.ts';
import { QueuesPanel } from './QueuesPanel.tsx';
import { Sessionless } from './Sessionless.tsx';
import { useLive, useLiveClient } from './use-live.ts';

/** What goes on in one customer now: calls, agents and queues, for a desk or a screen on the wall. */
export function LivePage() {
  const { customerId } = useParams({ strict: false }) as { customerId: string };
  const search = useSearch({ strict: false }) as LiveView;
  const client = useLiveClient(customerId);
  const refused = useLive(client, ({ phase }) => (phase.is === 'refused' ? phase.status : null));
  if (refused === 401) return <Sessionless />;
  if (refused === 403) return <NoPermissionPage />;
  if (refused !== null) return <NotFoundPage />;
  return search.kiosk === true ? (
    <Kiosk customerId={customerId}>
      <Board client={client} view={search} customerId={customerId} />
    </Kiosk>
  ) : (
    <>
      <Header customerId={customerId} />
      <Board client={client} view={search} customerId={customerId} />
    </>
  );
}

function Header({ customerId }: { customerId: string }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { data: customer } = useSuspenseQuery(customerQuery(customerId));

  function show(): void {
    // Refused where the browser allows no full screen; the board fills the window then.
    document.documentElement.requestFullscreen?.().catch(() => {});
    void navigate({ to: '.', search: (search) => ({ ...search, kiosk: true as const }) });
  }

  return (
    <PageHeader
      title={t`Live`}
      text={customer.name}
      actions={
        <Button variant="default" leftSection={<IconDeviceTv size={16} aria-hidden="true" />} onClick={show}>
          <Trans>Show on a wall screen</Trans>
        </Button>
      }
    />
  );
}

function Board({ client, view, customerId }: { client: LiveClient; view: LiveView; customerId: string }) {
  const stale = useLive(client, (state) => frozenAt(state) !== undefined);
  return (
    <>
      <LinkBar client={client} customerId={customerId} />
      <GapNotes client={client} />
      <div className={classes.board} data-stale={stale || undefined}>
        <div className={classes.main}>
          <QueuesPanel client={client} />
          <CallsPanel client={client} customerId={customerId} />
        </div>
        <AgentsPanel client={client} view={view} />
      </div>
      <Announcer client={client} />
    </>
  );
}
