import { Button, Group, Input, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconLock } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useController } from 'react-hook-form';
import { day } from '../format.ts';
import { useLanguage } from '../language.ts';
import { PasswordField } from './fields.tsx';

interface Props {
  name: string;
  label: string;
  description?: ReactNode;
  required?: boolean;
  placeholder?: string;
  /** When the server got the secret it keeps; null when it has none. */
  setOn: string | null;
}

/** A secret the server keeps: says when it was set, never what it is; a new one can be typed. */
export function SecretField({ setOn, ...field }: Props) {
  const [replacing, setReplacing] = useState(setOn === null);
  if (replacing || setOn === null) return <NewSecret {...field} onKeep={setOn === null ? null : () => setReplacing(false)} />;
  return <KeptSecret label={field.label} setOn={setOn} onReplace={() => setReplacing(true)} />;
}

function KeptSecret({ label, setOn, onReplace }: { label: string; setOn: string; onReplace: () => void }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const date = day(Date.parse(setOn), language);
  return (
    <Input.Wrapper label={label} labelElement="div">
      <Group gap="sm" mih={36}>
        <IconLock size={16} aria-hidden="true" />
        <Text>
          <Trans>Set on {date}</Trans>
        </Text>
        <Button size="compact-sm" variant="default" onClick={onReplace} aria-label={t`Replace: ${label}`}>
          <Trans>Replace</Trans>
        </Button>
      </Group>
    </Input.Wrapper>
  );
}

function NewSecret({ name, onKeep, description, ...rest }: Omit<Props, 'setOn'> & { onKeep: (() => void) | null }) {
  const { field } = useController({ name });
  return (
    <div>
      {/* "new-password": browsers must not fill the reader's own password in. */}
      <PasswordField {...rest} name={name} description={description} autoComplete="new-password" autoFocus={onKeep !== null} />
      {onKeep !== null && (
        <Button
          mt={6}
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() => {
            field.onChange('');
            onKeep();
          }}
        >
          <Trans>Keep the present one</Trans>
        </Button>
      )}
    </div>
  );
}
