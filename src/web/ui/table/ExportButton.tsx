import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { IconDownload } from '@tabler/icons-react';

/** Downloads what the table shows, all pages of it, as CSV. @param href the export route with the table's own filters */
export function ExportButton({ href }: { href: string }) {
  return (
    <Button component="a" href={href} download variant="default" leftSection={<IconDownload size={16} aria-hidden="true" />}>
      <Trans>Export CSV</Trans>
    </Button>
  );
}
