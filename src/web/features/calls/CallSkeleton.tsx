import { Skeleton, Stack } from '@mantine/core';

/** The shape of a call's page. */
export function CallSkeleton() {
  return (
    <Stack gap="lg" aria-busy="true">
      <Skeleton height={28} width={320} />
      <Skeleton height={88} />
      <Skeleton height={180} />
      <Skeleton height={160} />
    </Stack>
  );
}
