import { Button, Group, Paper, Text, UnstyledButton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowLeft, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Wizard.module.css';

export interface WizardStep<Id extends string> {
  id: Id;
  title: string;
  /** What was chosen there, once it is behind. */
  chosen?: string | undefined;
  /** Done for good: it cannot be opened again. */
  closed?: boolean;
}

interface Props<Id extends string> {
  label: string;
  steps: readonly WizardStep<Id>[];
  current: Id;
  /** Steps up to and with this one may be opened. */
  reached: Id;
  onStep: (id: Id) => void;
  /** Right of the step: what has been chosen so far and what follows from it. */
  summary?: ReactNode;
  /** The step takes all the width there is, e.g. for a table. */
  wide?: boolean;
  children: ReactNode;
}

/** Steps at the left, the step in the middle, what it comes to at the right; each step has its own address. */
export function Wizard<Id extends string>({ label, steps, current, reached, onStep, summary, wide = false, children }: Props<Id>) {
  const reachedAt = steps.findIndex(({ id }) => id === reached);
  return (
    <div className={classes.frame} data-summary={summary !== undefined || undefined} data-wide={wide || undefined}>
      <nav className={classes.steps} aria-label={label}>
        <ol>
          {steps.map((step, at) => (
            <li key={step.id}>
              <StepLink
                step={step}
                number={at + 1}
                isCurrent={step.id === current}
                isBehind={at < steps.findIndex(({ id }) => id === current)}
                open={at <= reachedAt && step.closed !== true}
                onStep={onStep}
              />
            </li>
          ))}
        </ol>
      </nav>
      <Paper className={classes.body} p="lg" component="section" aria-label={steps.find(({ id }) => id === current)?.title}>
        {children}
      </Paper>
      {summary !== undefined && (
        <aside className={classes.summary}>
          <Paper p="md">{summary}</Paper>
        </aside>
      )}
    </div>
  );
}

interface StepLinkProps<Id extends string> {
  step: WizardStep<Id>;
  number: number;
  isCurrent: boolean;
  isBehind: boolean;
  open: boolean;
  onStep: (id: Id) => void;
}

function StepLink<Id extends string>({ step, number, isCurrent, isBehind, open, onStep }: StepLinkProps<Id>) {
  return (
    <UnstyledButton className={classes.step} aria-current={isCurrent ? 'step' : undefined} disabled={!open} onClick={() => onStep(step.id)}>
      <span className={classes.number} data-behind={isBehind || undefined}>
        {isBehind ? <IconCheck size={14} stroke={2.5} aria-hidden="true" /> : number}
      </span>
      <span className={classes.title}>
        {step.title}
        {step.chosen !== undefined && isBehind && (
          <Text component="span" fz="xs" c="dimmed" truncate display="block">
            {step.chosen}
          </Text>
        )}
      </span>
    </UnstyledButton>
  );
}

interface FooterProps {
  onBack?: (() => void) | undefined;
  /** The verb of the last step: "Create customer"; without it "Continue". */
  action?: string;
  busy?: boolean;
  /** Left of the action: another way on, e.g. "Skip". */
  children?: ReactNode;
}

/** Back and on, at the foot of a step's form; on is its submit button, so Enter goes on. */
export function WizardFooter({ onBack, action, busy = false, children }: FooterProps) {
  const { t } = useLingui();
  return (
    <Group justify="space-between" mt="md" pt="md" className={classes.footer}>
      {onBack === undefined ? (
        <span />
      ) : (
        <Button variant="subtle" color="gray" leftSection={<IconArrowLeft size={16} aria-hidden="true" />} onClick={onBack}>
          <Trans>Back</Trans>
        </Button>
      )}
      <Group gap="xs">
        {children}
        <Button type="submit" loading={busy}>
          {action ?? t`Continue`}
        </Button>
      </Group>
    </Group>
  );
}
