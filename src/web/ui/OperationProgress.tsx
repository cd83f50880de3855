import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconLoader2, IconQuestionMark } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Operation } from '../../contract/operations.ts';
import { count } from './format.ts';
import { useLanguage } from './language.ts';
import classes from './OperationProgress.module.css';
import type { Tone } from './tokens.ts';

type OperationStep = Operation['steps'][number];

interface Props {
  operation: Operation;
  /** Answers the question a step waits for; without it the reader may not decide. */
  onDecide?: ((decision: 'continue' | 'stop') => void) | undefined;
}

/** A long work's steps with counts as they happen; goes on whether or not somebody looks. */
export function OperationProgress({ operation, onDecide }: Props) {
  return (
    <ol className={classes.steps} aria-live="polite">
      {operation.steps.map((step) => (
        <li
          key={step.key}
          data-tone={look(step.status).tone}
          data-status={step.status}
          aria-current={step.status === 'running' ? 'step' : undefined}
        >
          <Step step={step} onDecide={step.status === 'needsDecision' ? onDecide : undefined} />
        </li>
      ))}
    </ol>
  );
}

function Step({ step, onDecide }: { step: OperationStep; onDecide: Props['onDecide'] }) {
  const { read } = useLanguage();
  const { Icon, word } = look(step.status);
  return (
    <>
      <span className={classes.icon}>
        <Icon size={20} stroke={1.8} aria-hidden="true" />
      </span>
      <Stack gap={4} className={classes.text}>
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <Text fw={500}>{nameOf(step.key)}</Text>
          <Text fz="sm" c="dimmed" className="tabular">
            <Count step={step} word={word} />
          </Text>
        </Group>
        {step.status === 'running' && step.total !== null && step.total > 0 && (
          <Progress size="sm" value={((step.done ?? 0) / step.total) * 100} aria-hidden="true" />
        )}
        {step.message !== null && <Text fz="sm">{read(step.message)}</Text>}
        {onDecide !== undefined && (
          <Group gap="xs" mt={4}>
            <Button size="xs" onClick={() => onDecide('continue')}>
              <Trans>Go on</Trans>
            </Button>
            <Button size="xs" variant="default" onClick={() => onDecide('stop')}>
              <Trans>Stop here</Trans>
            </Button>
          </Group>
        )}
      </Stack>
    </>
  );
}

function Count({ step, word }: { step: OperationStep; word: ReactNode }) {
  const { language } = useLanguage();
  if (step.done === null) return word;
  const done = count(step.done, language);
  if (step.total === null || step.status === 'done') return done;
  const total = count(step.total, language);
  return (
    <Trans>
      {done} of {total}
    </Trans>
  );
}

function look(status: OperationStep['status']): { tone: Tone; Icon: typeof IconLoader2; word: ReactNode } {
  switch (status) {
    case 'waiting':
      return { tone: 'idle', Icon: IconCircleDashed, word: <Trans>Waiting</Trans> };
    case 'running':
      return { tone: 'busy', Icon: IconLoader2, word: <Trans>Running</Trans> };
    case 'done':
      return { tone: 'ok', Icon: IconCircleCheck, word: <Trans>Done</Trans> };
    case 'failed':
      return { tone: 'bad', Icon: IconAlertTriangle, word: <Trans>Failed</Trans> };
    case 'needsDecision':
      return { tone: 'warn', Icon: IconQuestionMark, word: <Trans>Needs decision</Trans> };
  }
}

/** Steps have open keys; one we do not know shows as it is. */
function nameOf(key: string): ReactNode {
  switch (key) {
    case 'connect':
      return <Trans>Connect to the phone system</Trans>;
    case 'discover':
      return <Trans>Read its directory</Trans>;
    case 'sync':
      return <Trans>Match and add users</Trans>;
    case 'monitor':
      return <Trans>Start monitoring</Trans>;
    default:
      return key;
  }
}
