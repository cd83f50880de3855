import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { download } from '../csv.ts';
import { notifyFailure } from '../notify.ts';

/** Downloads what the table shows, all pages of it, as CSV put together here. @param make the file's text */
export function DownloadButton({ name, make }: { name: string; make: () => Promise<string> }) {
  const { t } = useLingui();
  const [busy, setBusy] = useState(false);

  async function run(): Promise<void> {
    setBusy(true);
    try {
      download(name, await make());
    } catch (error) {
      notifyFailure(error, t`The export failed`);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Button variant="default" leftSection={<IconDownload size={16} aria-hidden="true" />} loading={busy} onClick={() => void run()}>
      <Trans>Export CSV</Trans>
    </Button>
  );
}
