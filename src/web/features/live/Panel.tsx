import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Panel.module.css';

interface Props {
  title: string;
  /** Beside the title: how many. */
  count?: number | undefined;
  /** Right of the title: filters. */
  tools?: ReactNode;
  children: ReactNode;
}

/** One part of the board under its heading. */
export function Panel({ title, count, tools, children }: Props) {
  return (
    <section className={classes.panel} aria-label={title}>
      <div className={classes.head}>
        <Title order={2} className={classes.title ?? ''}>
          {title}
          {count !== undefined && <span className={classes.count}>{count}</span>}
        </Title>
        {tools}
      </div>
      {children}
    </section>
  );
}
