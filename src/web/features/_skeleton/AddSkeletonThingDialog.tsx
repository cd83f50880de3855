import { notifications } from '@mantine/notifications';
import { Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { skeletonThings } from '../../../contract/_skeleton.ts';
import { bodyOf, call } from '../../api/client.ts';
import { newKey } from '../../api/keys.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { DayField, TextField } from '../../ui/form/fields.tsx';
import { Form, SaveBar } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { useLanguage } from '../../ui/language.ts';
import { skeletonThingsChanged } from './queries.ts';

interface Props {
  customerId: string;
  opened: boolean;
  onClose: () => void;
}

export function AddSkeletonThingDialog({ customerId, opened, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Dialog opened={opened} onClose={onClose} title={t`Add skeleton thing`}>
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
    resolver: zodResolver(bodyOf(skeletonThings.create), { error: fieldMessages(language) }),
    defaultValues: { name: '', day: '' },
  });
  return (
    <Form
      form={form}
      guarded={false}
      onSubmit={async (body) => {
        const added = await call(skeletonThings.create, { params: { customerId }, body }, { idempotencyKey });
        await skeletonThingsChanged(client, customerId);
        notifications.show({ message: t`${added.name} was added.` });
        onClose();
      }}
    >
      <TextField name="name" label={t`Name`} required data-autofocus />
      <DayField name="day" label={t`Day`} required />
      <SaveBar label={<Trans>Add skeleton thing</Trans>} />
    </Form>
  );
}
