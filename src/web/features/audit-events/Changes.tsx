import { useLingui } from '@lingui/react/macro';
import type { AuditEvent } from './AuditPage.tsx';
import classes from './Changes.module.css';
import { differencesOf } from './differences.ts';

/** Field by field: before → after. */
export function Changes({ event }: { event: AuditEvent }) {
  const { t } = useLingui();
  const differences = differencesOf(event.before, event.after);
  return (
    <span className={classes.changes}>
      {differences.map(({ field, before, after }) => (
        <span key={field} className={classes.change}>
          <span className={classes.field}>{field}</span>
          {event.before !== null && (
            <>
              <del>{before ?? '–'}</del>
              <span aria-label={t`now`}>→</span>
            </>
          )}
          <ins>{after ?? '–'}</ins>
        </span>
      ))}
    </span>
  );
}
