import { Button, Chip, Group, Radio, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { IconEye } from '@tabler/icons-react';
import { useController, useFormContext, useWatch } from 'react-hook-form';
import type { PbxType } from '../../../contract/connector-form.ts';
import { contract } from '../../../contract/index.ts';
import type { Attribution } from '../../../contract/pbx-connections.ts';
import { call } from '../../api/client.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { TextField } from '../../ui/form/fields.tsx';
import type { FormValueMap } from '../../ui/form/connector-form.ts';
import { useLanguage } from '../../ui/language.ts';
import { explain, type ProbeInput } from './ConnectionProbe.tsx';
import { SharePreview } from './SharePreview.tsx';
import { valuesFound, type Preview } from './share.ts';

interface Props {
  type: PbxType;
  /** The settings as typed now: a preview made with others is put away. */
  values: FormValueMap;
  probe: () => ProbeInput;
}

/** Which part of the phone system is this customer's, with a look at what that would be. */
export function AttributionFields({ type, values, probe }: Props) {
  const { t } = useLingui();
  const { read } = useLanguage();
  const { control } = useFormContext();
  const { field } = useController({ name: 'attribution.by', control });
  const rule = useWatch({ control, name: 'attribution' }) as Attribution;
  const tried = JSON.stringify(values);
  const reading = useMutation({ mutationFn: (_tried: string) => call(contract.pbxConnections.preview, { body: probe() }) });
  const fits = reading.variables === tried;
  const preview = fits ? reading.data : undefined;
  const method = type.attribution.find(({ by }) => by === rule.by);
  if (type.attribution.length === 0) return null;
  return (
    <Stack gap="sm">
      <Radio.Group name="attribution.by" label={t`What belongs to this customer`} value={rule.by} onChange={field.onChange}>
        <Stack gap={6} mt={4}>
          {type.attribution.map(({ by, label, help }) => (
            <Radio key={by} value={by} label={read(label)} {...(by === rule.by ? { description: read(help) } : {})} />
          ))}
        </Stack>
      </Radio.Group>
      {method !== undefined && method.by !== 'all' && (
        <>
          <TextField
            name="attribution.value"
            label={read(method.label)}
            required
            autoComplete="off"
            spellCheck={false}
            {...(method.placeholder === null ? {} : { placeholder: method.placeholder })}
          />
          {preview !== undefined && method.by !== 'name' && <FoundValues preview={preview} by={method.by} />}
        </>
      )}
      <div>
        <Button
          variant="default"
          leftSection={<IconEye size={16} aria-hidden="true" />}
          loading={reading.isPending}
          onClick={() => reading.mutate(tried)}
        >
          {preview === undefined ? <Trans>Show what this customer gets</Trans> : <Trans>Read the phone system again</Trans>}
        </Button>
      </div>
      {reading.error !== null && fits && (
        <ErrorNote title={<Trans>The phone system could not be read</Trans>} text={explain(reading.error)} />
      )}
      {preview !== undefined && <SharePreview preview={preview} rule={rule} />}
    </Stack>
  );
}

/** Values the phone system itself holds: one click fills the field. */
function FoundValues({ preview, by }: { preview: Preview; by: string }) {
  const { t } = useLingui();
  const { field } = useController({ name: 'attribution.value' });
  const found = valuesFound(preview, by).slice(0, 12);
  if (found.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        <Trans>No user of this phone system has such a value.</Trans>
      </Text>
    );
  return (
    <Chip.Group value={typeof field.value === 'string' ? field.value : ''} onChange={(value) => field.onChange(value)}>
      <Group gap={6} role="group" aria-label={t`Found on the phone system`}>
        {found.map(({ value, users }) => (
          <Chip key={value} value={value} size="xs" radius="sm">
            {value} · {users}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
