import { VisuallyHidden } from '@mantine/core';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import type { LiveClient } from './live-client.ts';
import { useLive } from './use-live.ts';

const EVERY_MS = 15_000;

/** Tells those who listen how things stand, four times a minute and only when something changed. */
export function Announcer({ client }: { client: LiveClient }) {
  const { t } = useLingui();
  const calls = useLive(client, ({ board }) => board?.calls.size ?? 0);
  const waiting = useLive(client, ({ board }) => board?.queues.reduce((sum, queue) => sum + queue.waiting.length, 0) ?? 0);
  const text = t`${plural(calls, { one: '# active call', other: '# active calls' })}, ${plural(waiting, { one: '# caller waiting', other: '# callers waiting' })}`;
  return (
    <VisuallyHidden role="status">
      <Throttled text={text} />
    </VisuallyHidden>
  );
}

function Throttled({ text }: { text: string }) {
  const [told, setTold] = useState({ text, waiting: false });
  useEffect(() => {
    if (told.waiting || told.text === text) return;
    setTold({ text, waiting: true });
  }, [text, told]);
  useEffect(() => {
    if (!told.waiting) return;
    const timer = setTimeout(() => setTold((last) => ({ ...last, waiting: false })), EVERY_MS);
    return () => clearTimeout(timer);
  }, [told.waiting]);
  return <>{told.text}</>;
}
