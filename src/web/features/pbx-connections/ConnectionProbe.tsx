import { Button, Group, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import type { PbxType } from '../../../contract/connector-form.ts';
import { contract } from '../../../contract/index.ts';
import type { RequestOf } from '../../../contract/route.ts';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { ConnectionTest } from '../../ui/connection/ConnectionTest.tsx';
import { CopyLines } from '../../ui/CopyButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import type { FormValueMap } from '../../ui/form/connector-form.ts';
import { useLanguage } from '../../ui/language.ts';

export type ProbeInput = RequestOf<typeof contract.pbxConnections.test>['body'];

interface Props {
  type: PbxType;
  /** As typed now, for the lines to paste. */
  values: FormValueMap;
  probe: () => ProbeInput;
}

/** "Test connection": walks the way to the phone system and says what to mend; before that, what to set up there. */
export function ConnectionProbe({ type, values, probe }: Props) {
  const tried = JSON.stringify(values);
  const test = useMutation({ mutationFn: (_tried: string) => call(contract.pbxConnections.test, { body: probe() }) });
  // An answer about other settings than those in the form would mislead.
  const fits = test.variables === tried;
  return (
    <Stack gap="sm">
      {type.setup !== null && <Setup setup={type.setup} values={values} />}
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={16} aria-hidden="true" />}
          loading={test.isPending}
          onClick={() => test.mutate(tried)}
        >
          <Trans>Test connection</Trans>
        </Button>
        {test.data?.ok === true && fits && (
          <Text fz="sm" role="status">
            <Trans>The connection works.</Trans>
          </Text>
        )}
      </Group>
      {test.error !== null && fits && <ErrorNote title={<Trans>The test could not be run</Trans>} text={explain(test.error)} />}
      {(test.isPending || (test.data !== undefined && fits)) && (
        <ConnectionTest
          steps={test.isPending ? [] : (test.data?.steps ?? [])}
          running={test.isPending}
          {...(type.setup === null ? {} : { file: type.setup.file })}
        />
      )}
    </Stack>
  );
}

/** What to put into the phone system's own configuration, filled with what was typed. */
function Setup({ setup, values }: { setup: NonNullable<PbxType['setup']>; values: FormValueMap }) {
  const { t } = useLingui();
  const { read } = useLanguage();
  const [opened, setOpened] = useState(false);
  const lines = setup.lines.replaceAll(/\{\{(\w+)\}\}/g, (whole, key: string) => {
    const value = values[key];
    return value === undefined || value === '' ? whole : String(value);
  });
  return (
    <div>
      <Button variant="subtle" size="compact-sm" ml={-8} aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {opened ? t`Hide what to set up on the phone system` : t`What to set up on the phone system`}
      </Button>
      {opened && (
        <Stack gap={6} mt={6}>
          <Text fz="sm" c="dimmed">
            {read(setup.help)}
          </Text>
          <CopyLines lines={lines} file={setup.file} />
        </Stack>
      )}
    </div>
  );
}

/** Field errors have no field here when a template's value is at fault: they are told in one line. */
export function explain(error: Error): string {
  if (!(error instanceof ApiProblem) || error.errors.length === 0) return error.message;
  return error.errors.map(({ path, message }) => `${path.replace(/^body\.(settings\.)?/, '')}: ${message}`).join(' ');
}
