import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconEyeOff } from '@tabler/icons-react';
import type { LinkNow } from '../../../contract/live.ts';
import { timeOfDay } from '../../ui/format.ts';
import { useLanguage } from '../../ui/language.ts';
import type { Gap } from './board.ts';
import classes from './GapNotes.module.css';
import type { LiveClient } from './live-client.ts';
import { useLive } from './use-live.ts';

const MOST = 3;

/** Times in which nobody watched: what happened then is missing, and the board says so. */
export function GapNotes({ client }: { client: LiveClient }) {
  const { t } = useLingui();
  const gaps = useLive(client, ({ board }) => board?.gaps) ?? [];
  const links = useLive(client, ({ board }) => board?.links) ?? [];
  if (gaps.length === 0) return null;
  const more = gaps.length - MOST;
  return (
    <section className={classes.notes} aria-label={t`Times not watched`}>
      <IconEyeOff size={18} aria-hidden="true" />
      <ul>
        {gaps.slice(0, MOST).map((gap) => (
          <li key={gap.id}>
            <GapText gap={gap} name={nameOf(gap, links)} />
          </li>
        ))}
        {more > 0 && (
          <li>
            <Plural value={more} one="and one more in the last hour" other="and # more in the last hour" />
          </li>
        )}
      </ul>
    </section>
  );
}

function GapText({ gap, name }: { gap: Gap; name: string }) {
  const { language } = useLanguage();
  const from = timeOfDay(Date.parse(gap.from), language);
  if (gap.to === null) {
    return (
      <Trans>
        <b>{name}</b> has not been watched since {from}. Calls may be missing.
      </Trans>
    );
  }
  const to = timeOfDay(Date.parse(gap.to), language);
  return (
    <Trans>
      <b>{name}</b> was not watched from {from} to {to}. Calls may be missing.
    </Trans>
  );
}

function nameOf(gap: Gap, links: readonly LinkNow[]): string {
  return links.find(({ connectionId }) => connectionId === gap.connectionId)?.name ?? '–';
}
