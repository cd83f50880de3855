import { Button, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { IconCompass } from '@tabler/icons-react';
import { ApiProblem } from '../api/problem.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';

/** There is nothing at this address, or nothing one may see: the two read the same. */
export function NotFoundPage() {
  const { t } = useLingui();
  return (
    <EmptyState
      order={1}
      Icon={IconCompass}
      title={t`There is nothing here`}
      text={t`The page may have moved, or your account does not reach it.`}
      action={
        <Button component={Link} to="/">
          <Trans>Go to the start page</Trans>
        </Button>
      }
    />
  );
}

/** A page broke or could not load; what is around it keeps working. */
export function FailurePage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  if (error instanceof ApiProblem && error.status === 404) return <NotFoundPage />;
  return (
    <Stack maw={560} py="xl">
      <ErrorNote
        title={<Trans>This page could not be shown</Trans>}
        text={error instanceof Error ? error.message : String(error)}
        requestId={error instanceof ApiProblem ? error.requestId : undefined}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </Stack>
  );
}
