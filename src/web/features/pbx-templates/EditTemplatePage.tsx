import { Skeleton } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { contract } from '../../../contract/index.ts';
import { useMay, useMembership } from '../../api/acting.ts';
import { call } from '../../api/client.ts';
import { NotFoundPage } from '../../shell/Failures.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { notify } from '../../ui/notify.ts';
import { pbxTemplatesQuery, pbxTypesQuery } from '../pbx-connections/queries.ts';
import { templatesChanged } from './queries.ts';
import type { TemplateValues } from './template-form.ts';
import { TemplateForm } from './TemplateForm.tsx';

/** Changes a template; connections made from it stay as they are. */
export function EditTemplatePage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { templateId } = useParams({ from: '/app/pbx-templates/$templateId' });
  const templates = useQuery(pbxTemplatesQuery(null, useMembership()?.tenantId ?? ''));
  const types = useQuery(pbxTypesQuery);
  const template = templates.data?.find(({ id }) => id === templateId);
  const type = types.data?.find(({ id }) => id === template?.type);
  const error = templates.error ?? types.error;
  if (!useMay('pbx-templates.write') || (templates.data !== undefined && template === undefined)) return <NotFoundPage />;

  async function save(values: TemplateValues): Promise<void> {
    const saved = await call(contract.pbxTemplates.update, { params: { templateId }, body: values });
    await templatesChanged(client);
    notify(t`${saved.name} was saved.`);
    await navigate({ to: '/pbx-templates', ignoreBlocker: true });
  }

  return (
    <>
      <PageHeader
        title={template === undefined ? t`PBX templates` : t`Edit ${template.name}`}
        text={t`Connections made from it before stay as they are.`}
      />
      {template === undefined || type === undefined ? (
        error === null ? (
          <Skeleton height={320} maw={720} />
        ) : (
          <ErrorNote text={error.message} onRetry={() => void templates.refetch()} />
        )
      ) : (
        <TemplateForm key={template.id} type={type} template={template} onSave={save} />
      )}
    </>
  );
}
