import { Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { IconLoader2, IconPlugConnected, IconPlugX, IconWifiOff } from '@tabler/icons-react';
import type { LinkNow } from '../../../contract/live.ts';
import { useNow } from '../clock.ts';
import { Timer } from '../RelativeTime.tsx';
import { Mark } from '../StatusBadge.tsx';
import { freshnessOf } from './freshness.ts';

interface Props {
  link: LinkNow;
  /** When the live socket last said anything, server's time in ms; null before the first frame. */
  heardAt: number | null;
}

/** A link's state and the age of its last event; always in sight on a live view. */
export function LiveLink({ link, heardAt }: Props) {
  const now = useNow(1000);
  return (
    <span className="live-link">
      <Text span fw={500}>
        {link.name}
      </Text>
      <State link={link} heardAt={heardAt} now={now} />
      {link.lastEventAt !== null && (
        <Text span fz="sm" c="dimmed">
          <Trans>
            last event <Timer since={link.lastEventAt} /> ago
          </Trans>
        </Text>
      )}
    </span>
  );
}

function State({ link, heardAt, now }: Props & { now: number }) {
  switch (freshnessOf(link.state, heardAt, now)) {
    case 'live':
      return (
        <Mark tone="ok" Icon={IconPlugConnected}>
          <Trans>Live</Trans>
        </Mark>
      );
    case 'waiting':
      return (
        <Mark tone="busy" Icon={IconLoader2}>
          <Trans>Connecting</Trans>
        </Mark>
      );
    case 'down':
      return (
        <Mark tone="bad" Icon={IconPlugX}>
          {link.state === 'disabled' ? (
            <Trans>Disabled</Trans>
          ) : (
            <Trans>
              Link down <Timer since={link.since} />
            </Trans>
          )}
        </Mark>
      );
    case 'stale':
      return (
        <Mark tone="warn" Icon={IconWifiOff}>
          <Trans>
            No news <Timer since={heardAt ?? now} />
          </Trans>
        </Mark>
      );
  }
}
