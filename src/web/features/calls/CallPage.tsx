import { Stack, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { CallDetail } from '../../../contract/calls.ts';
import { ApiProblem } from '../../api/problem.ts';
import { customerQuery } from '../../api/tenants.ts';
import { NoPermissionPage, NotFoundPage } from '../../shell/Failures.tsx';
import { CallTimeline } from '../../ui/call/CallTimeline.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { instant } from '../../ui/format.ts';
import { useLanguage } from '../../ui/language.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { useLive, useLiveClient } from '../live/use-live.ts';
import { CallSkeleton } from './CallSkeleton.tsx';
import { CallSummary } from './CallSummary.tsx';
import { Result, useQueueNames } from './columns.tsx';
import { LegsTable, SegmentsTable } from './PartTables.tsx';
import { callQuery } from './queries.ts';

/** One call: who, when, how long, and each of its parts; it grows while the call goes on. */
export function CallPage() {
  const { customerId, callId } = useParams({ from: '/app/customers/$customerId/calls/$callId' });
  const { timeZone } = useSuspenseQuery(customerQuery(customerId)).data.effective;
  const query = useQuery(callQuery(customerId, callId));
  useRenewal(customerId, callId, query.data !== undefined && query.data.call.endedAt === null);
  if (query.data !== undefined) return <Detail detail={query.data} customerId={customerId} timeZone={timeZone} />;
  if (query.error === null) return <CallSkeleton />;
  if (query.error instanceof ApiProblem && (query.error.status === 404 || query.error.status === 400)) return <NotFoundPage />;
  if (query.error instanceof ApiProblem && query.error.status === 403) return <NoPermissionPage />;
  return <ErrorNote text={query.error.message} onRetry={() => void query.refetch()} />;
}

function Detail({ detail, customerId, timeZone }: { detail: CallDetail; customerId: string; timeZone: string }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { call } = detail;
  const queueNames = useQueueNames(customerId);
  const from = call.from.name ?? call.from.number ?? t`Unknown number`;
  const to = call.to.name ?? call.to.number ?? t`Unknown number`;
  return (
    <>
      <PageHeader
        title={t`${from} → ${to}`}
        badge={<Result call={call} />}
        text={instant(Date.parse(call.startedAt), language, timeZone)}
      />
      <Stack gap="lg">
        <CallSummary call={call} customerId={customerId} timeZone={timeZone} />
        <section>
          <Title order={2} mb="xs">
            <Trans>Time line</Trans>
          </Title>
          <CallTimeline detail={detail} timeZone={timeZone} queueNames={queueNames} />
        </section>
        <SegmentsTable segments={detail.segments} timeZone={timeZone} />
        <LegsTable legs={detail.legs} timeZone={timeZone} />
      </Stack>
    </>
  );
}

/** While the call goes on, each change on the board is a reason to read it again. */
function useRenewal(customerId: string, callId: string, open: boolean): void {
  const client = useQueryClient();
  const live = useLiveClient(customerId);
  const now = useLive(live, ({ board }) => board?.calls.get(callId));
  useEffect(() => {
    if (open) void client.invalidateQueries({ queryKey: callQuery(customerId, callId).queryKey });
  }, [client, customerId, callId, open, now]);
  // The board loses a call in the frame in which it ends, before a call that never stood on it would be noticed.
  useEffect(
    () =>
      live.onEnded(({ calls }) => {
        if (calls.some(({ id }) => id === callId)) void client.invalidateQueries({ queryKey: callQuery(customerId, callId).queryKey });
      }),
    [client, live, customerId, callId],
  );
}
