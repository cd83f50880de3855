import { SegmentedControl, Skeleton } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { contract } from '../../../contract/index.ts';
import { useMay } from '../../api/acting.ts';
import { call } from '../../api/client.ts';
import { newKey } from '../../api/keys.ts';
import { NotFoundPage } from '../../shell/Failures.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { notify } from '../../ui/notify.ts';
import { pbxTypesQuery } from '../pbx-connections/queries.ts';
import { templatesChanged } from './queries.ts';
import type { TemplateValues } from './template-form.ts';
import { TemplateForm } from './TemplateForm.tsx';

/** A new template. */
export function NewTemplatePage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [idempotencyKey] = useState(newKey);
  const { data: types, error, refetch } = useQuery(pbxTypesQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const type = types?.find(({ id }) => id === chosen) ?? types?.[0];
  if (!useMay('pbx-templates.write')) return <NotFoundPage />;

  async function save(typeId: string, values: TemplateValues): Promise<void> {
    const template = await call(contract.pbxTemplates.create, { body: { type: typeId, ...values } }, { idempotencyKey });
    await templatesChanged(client);
    notify(t`${template.name} was created.`);
    await navigate({ to: '/pbx-templates', ignoreBlocker: true });
  }

  return (
    <>
      <PageHeader title={t`Create template`} />
      {types !== undefined && types.length > 1 && (
        <SegmentedControl
          mb="md"
          aria-label={t`Phone system`}
          value={type?.id ?? ''}
          onChange={setChosen}
          data={types.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {type === undefined ? (
        error === null ? (
          <Skeleton height={320} maw={720} />
        ) : (
          <ErrorNote text={error.message} onRetry={() => void refetch()} />
        )
      ) : (
        <TemplateForm key={type.id} type={type} onSave={(values) => save(type.id, values)} />
      )}
    </>
  );
}
