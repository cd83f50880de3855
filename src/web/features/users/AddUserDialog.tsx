import { Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { contract } from '../../../contract/index.ts';
import { bodyOf, call } from '../../api/client.ts';
import { newKey } from '../../api/keys.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/form/fields.tsx';
import { Form, SaveBar } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { useLanguage } from '../../ui/language.ts';
import { notify } from '../../ui/notify.ts';
import { usersChanged } from './queries.ts';

interface Props {
  customerId: string;
  opened: boolean;
  onClose: () => void;
}

/** Adds somebody who is not on the phone system, with website access. */
export function AddUserDialog({ customerId, opened, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Dialog opened={opened} onClose={onClose} title={t`Add user`}>
      <AddForm customerId={customerId} onClose={onClose} />
    </Dialog>
  );
}

function AddForm({ customerId, onClose }: Omit<Props, 'opened'>) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const client = useQueryClient();
  const [idempotencyKey] = useState(newKey);
  const form = useForm({
    resolver: zodResolver(bodyOf(contract.users.create), { error: fieldMessages(language) }),
    defaultValues: { displayName: '', email: '', roles: ['customer.user' as const] },
  });
  return (
    <Form
      form={form}
      guarded={false}
      onSubmit={async (body) => {
        const user = await call(contract.users.create, { params: { customerId }, body }, { idempotencyKey });
        await usersChanged(client, customerId);
        notify(t`${user.displayName} was invited.`);
        onClose();
      }}
    >
      <Text c="dimmed">
        <Trans>For people without a phone of their own, e.g. a manager. They get an invitation by e-mail.</Trans>
      </Text>
      <TextField name="displayName" label={t`Name`} required data-autofocus />
      <TextField name="email" label={t`E-mail`} type="email" required />
      <SaveBar label={<Trans>Add and invite</Trans>} />
    </Form>
  );
}
