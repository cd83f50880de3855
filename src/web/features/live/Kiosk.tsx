import { ActionIcon, Group, Title } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconMaximize, IconX } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { customerQuery } from '../../api/tenants.ts';
import { useNow } from '../../ui/clock.ts';
import { timeOfDay } from '../../ui/format.ts';
import { useLanguage } from '../../ui/language.ts';
import classes from './Kiosk.module.css';

/** Around a board on the wall: nothing but the customer, the time and the board, in type that reads from five metres. */
export function Kiosk({ customerId, children }: { customerId: string; children: ReactNode }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { data: customer } = useSuspenseQuery(customerQuery(customerId));
  useAwake();

  function leave(): void {
    if (document.fullscreenElement !== null) void document.exitFullscreen();
    void navigate({ to: '.', search: ({ kiosk: _kiosk, ...rest }) => rest });
  }

  useEffect(() => {
    document.title = `${customer.name} · Ringside`;
    // The browser itself ends full screen by Escape and does not tell the key.
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') leave();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });

  return (
    <main className={classes.kiosk} data-wall>
      <header className={classes.head}>
        <Title order={1} className={classes.name ?? ''}>
          {customer.name}
        </Title>
        <Group gap="md" wrap="nowrap">
          <WallClock timeZone={customer.effective.timeZone} />
          <Group gap={4} wrap="nowrap" className={classes.tools ?? ''}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t`Full screen`}
              onClick={() => void document.documentElement.requestFullscreen()}
            >
              <IconMaximize size={20} aria-hidden="true" />
            </ActionIcon>
            <ActionIcon variant="subtle" color="gray" aria-label={t`Leave the wall screen`} onClick={leave}>
              <IconX size={20} aria-hidden="true" />
            </ActionIcon>
          </Group>
        </Group>
      </header>
      {children}
    </main>
  );
}

function WallClock({ timeZone }: { timeZone: string }) {
  const { language } = useLanguage();
  return <time className={classes.clock}>{timeOfDay(useNow(1000), language, timeZone)}</time>;
}

/** Keeps the screen from going dark, where the browser can. */
function useAwake(): void {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const onChange = (): void => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, []);
  useEffect(() => {
    if (!visible || !('wakeLock' in navigator)) return;
    const lock = navigator.wakeLock.request('screen').catch(() => null);
    return () => void lock.then((held) => held?.release());
  }, [visible]);
}
