import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState, type ReactNode } from 'react';
import { Dialog } from './Dialog.tsx';
import { ErrorNote } from './ErrorNote.tsx';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** Exactly what happens, to whom. */
  children: ReactNode;
  /** The verb on the button: "Disable customer". */
  action: string;
  danger?: boolean;
  /** Must be typed before the button works; for what cannot be undone. */
  typedName?: string;
  /** Rejects with the problem, which then stands in the dialog. */
  onConfirm: () => Promise<unknown>;
}

/** Asks before something that cannot be undone by itself. */
export function ConfirmDialog({ opened, onClose, title, children, action, danger = false, typedName, onConfirm }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <Question action={action} danger={danger} {...(typedName === undefined ? {} : { typedName })} onClose={onClose} onConfirm={onConfirm}>
        {children}
      </Question>
    </Dialog>
  );
}

/** Apart from the modal, so that each opening begins with an empty field and no old error. */
function Question({ children, action, danger, typedName, onConfirm, onClose }: Omit<Props, 'opened' | 'title'>) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const [state, setState] = useState<{ busy: boolean; failed: string | null }>({ busy: false, failed: null });
  const ready = typedName === undefined || typed.trim() === typedName;

  async function confirm(): Promise<void> {
    setState({ busy: true, failed: null });
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setState({ busy: false, failed: error instanceof Error ? error.message : String(error) });
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !state.busy) void confirm();
      }}
    >
      <Stack gap="md">
        <Text component="div">{children}</Text>
        {typedName !== undefined && (
          <TextInput
            label={t`Type “${typedName}” to go on`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        {state.failed !== null && <ErrorNote title={<Trans>This could not be done</Trans>} text={state.failed} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus={typedName === undefined ? true : undefined}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" color={danger === true ? 'red' : 'brand'} loading={state.busy} disabled={!ready}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
