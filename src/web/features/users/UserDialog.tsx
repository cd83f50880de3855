import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useController, useForm, useWatch } from 'react-hook-form';
import { contract } from '../../../contract/index.ts';
import type { CustomerRole } from '../../../contract/permissions.ts';
import type { User } from '../../../contract/users.ts';
import { bodyOf, call } from '../../api/client.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/form/fields.tsx';
import { Form, SaveBar } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { useLanguage } from '../../ui/language.ts';
import { notify } from '../../ui/notify.ts';
import { usersChanged } from './queries.ts';
import { obstacleTo, ROLES, withRole } from './roles.ts';
import { ObstacleText } from './RoleBox.tsx';
import { roleHelp, roleName } from './role-words.ts';

interface Props {
  /** Null: closed. */
  user: User | null;
  mayLicense: boolean;
  onClose: () => void;
}

/** One user's name, address and roles. */
export function UserDialog({ user, mayLicense, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Dialog opened={user !== null} onClose={onClose} title={user === null ? '' : t`Edit ${user.displayName}`}>
      {user !== null && <UserForm user={user} mayLicense={mayLicense} onClose={onClose} />}
    </Dialog>
  );
}

function UserForm({ user, mayLicense, onClose }: { user: User; mayLicense: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const client = useQueryClient();
  const { displayName, email, roles } = user;
  const form = useForm({
    resolver: zodResolver(bodyOf(contract.users.update), { error: fieldMessages(language) }),
    defaultValues: { displayName, email, roles },
  });

  return (
    <Form
      form={form}
      guarded={false}
      onSubmit={async (body) => {
        const saved = await call(contract.users.update, { params: { customerId: user.customerId, userId: user.id }, body });
        await usersChanged(client, user.customerId);
        notify(
          saved.access === 'invited' && user.access === 'none' ? t`${saved.displayName} was invited.` : t`${saved.displayName} was saved.`,
        );
        onClose();
      }}
    >
      <TextField name="displayName" label={t`Name`} required data-autofocus />
      <EmailField locked={user.access !== 'none'} />
      <RoleBoxes user={user} mayLicense={mayLicense} />
      <SaveBar />
    </Form>
  );
}

/** Empty means none. */
function EmailField({ locked }: { locked: boolean }) {
  const { t } = useLingui();
  const { field, fieldState } = useController({ name: 'email' });
  return (
    <TextInput
      {...field}
      value={typeof field.value === 'string' ? field.value : ''}
      error={fieldState.error?.message}
      label={t`E-mail`}
      type="email"
      disabled={locked}
      description={locked ? t`It belongs to a login; only its owner can change it.` : t`Needed for website access.`}
      onChange={(event) => field.onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}

function RoleBoxes({ user, mayLicense }: { user: User; mayLicense: boolean }) {
  const { t } = useLingui();
  const { field, fieldState } = useController({ name: 'roles' });
  const roles = field.value as CustomerRole[];
  const email = useWatch({ name: 'email' }) as string | null;
  return (
    <Checkbox.Group label={t`Roles`} value={roles} error={fieldState.error?.message}>
      <Stack gap="sm" mt={6}>
        {ROLES.map((role) => {
          const obstacle = obstacleTo({ ...user, roles, email }, role, mayLicense);
          return (
            <Checkbox
              key={role}
              value={role}
              label={roleName(role)}
              description={obstacle === null ? roleHelp(role) : <ObstacleText obstacle={obstacle} />}
              disabled={obstacle !== null}
              onChange={(event) => field.onChange(withRole(roles, role, event.currentTarget.checked))}
            />
          );
        })}
      </Stack>
    </Checkbox.Group>
  );
}
