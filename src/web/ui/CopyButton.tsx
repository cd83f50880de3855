import { ActionIcon, Button, CopyButton as Copy, Tooltip } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** Copies a text and says so for two seconds. @param label named beside the icon; without it only the icon stands there */
export function CopyButton({ value, label }: { value: string; label?: string }) {
  const { t } = useLingui();
  return (
    <Copy value={value} timeout={2000}>
      {({ copied, copy }) => {
        const icon = copied ? <IconCheck size={15} aria-hidden="true" /> : <IconCopy size={15} aria-hidden="true" />;
        const says = copied ? t`Copied` : (label ?? t`Copy`);
        return label === undefined ? (
          <Tooltip label={says}>
            <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={says}>
              {icon}
            </ActionIcon>
          </Tooltip>
        ) : (
          <Button size="xs" variant="default" leftSection={icon} onClick={copy}>
            {says}
          </Button>
        );
      }}
    </Copy>
  );
}

/** Lines to paste into a file of the phone system, with a button that copies them. */
export function CopyLines({ lines, file }: { lines: string; file?: string }) {
  const { t } = useLingui();
  return (
    <figure className="copy-lines">
      <figcaption>
        <code>{file}</code>
        <CopyButton value={lines} label={t`Copy`} />
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways, so the keyboard must be able to reach it */}
      <pre tabIndex={0}>{lines}</pre>
    </figure>
  );
}
