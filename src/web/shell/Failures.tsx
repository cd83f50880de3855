import { Button, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { IconBan, IconCompass, IconLock } from '@tabler/icons-react';
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

/** One can log in, but belongs to no tenant (any more). */
export function NoAccessPage() {
  const { t } = useLingui();
  return (
    <EmptyState
      order={1}
      Icon={IconLock}
      title={t`You have no access here yet`}
      text={t`Your login works, but nobody has given it access. Ask the person who invited you.`}
    />
  );
}

/** One's own tenant is disabled: its people are locked out, its monitoring goes on. */
export function DisabledPage({ name }: { name: string }) {
  const { t } = useLingui();
  return (
    <EmptyState
      order={1}
      Icon={IconBan}
      title={t`${name} is disabled`}
      text={t`Its calls are still recorded, but nobody can look at them for now. Contact your provider to have it enabled again.`}
    />
  );
}

/** The page is there, but one's role does not reach it. */
export function NoPermissionPage() {
  const { t } = useLingui();
  return (
    <EmptyState
      order={1}
      Icon={IconLock}
      title={t`Your role does not include this page`}
      text={t`Ask your administrator for access.`}
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
  if (error instanceof ApiProblem && error.status === 403) return <NoPermissionPage />;
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
