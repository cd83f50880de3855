import { Loader, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconAlertTriangle, IconCircleCheck, IconCircleMinus, IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ConnectionTestStep } from '../../../contract/connector-form.ts';
import { CopyLines } from '../CopyButton.tsx';
import { useLanguage } from '../language.ts';
import type { Tone } from '../tokens.ts';
import classes from './ConnectionTest.module.css';

interface Props {
  /** In order; those not there yet are under way while `running`. */
  steps: readonly ConnectionTestStep[];
  running: boolean;
  /** The configuration file the fixing lines belong to. */
  file?: string;
}

/** How far a connection test came, and what to do where it stopped. */
export function ConnectionTest({ steps, running, file }: Props) {
  const { t } = useLingui();
  return (
    <ul className={classes.steps} aria-label={t`Connection test`} aria-live="polite" aria-busy={running}>
      {steps.map((step) => (
        <li key={step.step} data-tone={look(step.outcome).tone}>
          <Step step={step} {...(file === undefined ? {} : { file })} />
        </li>
      ))}
      {running && (
        <li data-tone="busy">
          <Loader size={16} />
          <Text c="dimmed">
            <Trans>Testing…</Trans>
          </Text>
        </li>
      )}
    </ul>
  );
}

function Step({ step, file }: { step: ConnectionTestStep; file?: string }) {
  const { read } = useLanguage();
  const { Icon, word } = look(step.outcome);
  return (
    <>
      <Icon className={classes.icon} size={18} stroke={1.8} aria-hidden="true" />
      <Stack gap={4} className={classes.text}>
        <Text>
          <Text span fw={500}>
            {nameOf(step.step)}
          </Text>{' '}
          <Text span fz="sm" className={classes.word}>
            {word}
          </Text>{' '}
          {step.outcome !== 'skipped' && (
            <Text span fz="sm" c="dimmed" className="tabular">
              <Trans>{step.ms} ms</Trans>
            </Text>
          )}
        </Text>
        {step.outcome !== 'skipped' && <Text fz="sm">{read(step.message)}</Text>}
        {step.fix !== null && (
          <Text fz="sm" fw={600}>
            {read(step.fix)}
          </Text>
        )}
        {step.lines !== null && <CopyLines lines={step.lines} {...(file === undefined ? {} : { file })} />}
      </Stack>
    </>
  );
}

function look(outcome: ConnectionTestStep['outcome']): { tone: Tone; Icon: typeof IconCircleX; word: ReactNode } {
  switch (outcome) {
    case 'ok':
      return { tone: 'ok', Icon: IconCircleCheck, word: <Trans>OK</Trans> };
    case 'warning':
      return { tone: 'warn', Icon: IconAlertTriangle, word: <Trans>Works, with limits</Trans> };
    case 'failed':
      return { tone: 'bad', Icon: IconCircleX, word: <Trans>Failed</Trans> };
    case 'skipped':
      return { tone: 'idle', Icon: IconCircleMinus, word: <Trans>Not tried</Trans> };
  }
}

function nameOf(step: ConnectionTestStep['step']): ReactNode {
  switch (step) {
    case 'dns':
      return <Trans>Address</Trans>;
    case 'tcp':
      return <Trans>Connection</Trans>;
    case 'tls':
      return <Trans>Encryption</Trans>;
    case 'login':
      return <Trans>Login</Trans>;
    case 'rights':
      return <Trans>Rights</Trans>;
    case 'events':
      return <Trans>Events</Trans>;
    case 'clock':
      return <Trans>Clock</Trans>;
  }
}
