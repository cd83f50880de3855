import { Alert, Anchor, Button, List, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { IconBan } from '@tabler/icons-react';
import { useState } from 'react';
import type { Customer } from '../../../contract/customers.ts';
import { contract } from '../../../contract/index.ts';
import { call } from '../../api/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { notify, notifyFailure } from '../../ui/notify.ts';
import { customerChanged } from './queries.ts';

/** "Disable customer", with a dialog that says what happens to whom. */
export function DisableButton({ customer }: { customer: Customer }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { name } = customer;

  async function disable(): Promise<void> {
    await customerChanged(client, await call(contract.customers.disable, { params: { customerId: customer.id } }));
    notify(t`${name} is disabled.`);
  }

  return (
    <>
      <Button variant="outline" color="red" leftSection={<IconBan size={16} aria-hidden="true" />} onClick={() => setAsking(true)}>
        <Trans>Disable customer…</Trans>
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t`Disable ${name}?`}
        action={t`Disable customer`}
        danger
        onConfirm={disable}
      >
        <List spacing={6}>
          <List.Item>
            <Trans>Logins stop at once: nobody at {name} can use the portal, and those inside are logged out.</Trans>
          </List.Item>
          <List.Item>
            <Trans>Monitoring goes on: calls and agent states are still recorded, nothing is lost.</Trans>
          </List.Item>
          <List.Item>
            <Trans>The customer is still billed. Only ending the contract stops charges.</Trans>
          </List.Item>
        </List>
        <Text mt="sm">
          <Trans>You can re-enable the customer at any time.</Trans>
        </Text>
      </ConfirmDialog>
    </>
  );
}

/** On top of a disabled customer's pages: what that means and the way back. */
export function DisabledNote({ customer, mayWrite }: { customer: Customer; mayWrite: boolean }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);

  async function enable(): Promise<void> {
    setBusy(true);
    try {
      await customerChanged(client, await call(contract.customers.enable, { params: { customerId: customer.id } }));
      notify(t`${customer.name} can log in again.`);
    } catch (error) {
      notifyFailure(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Alert
      color="amber"
      variant="light"
      mb="md"
      icon={<IconBan size={18} aria-hidden="true" />}
      title={<Trans>This customer is disabled</Trans>}
    >
      <Trans>Its people cannot log in. Calls and agents are still monitored, and it is still billed.</Trans>{' '}
      {mayWrite && (
        <Anchor component="button" type="button" inherit fw={600} disabled={busy} onClick={() => void enable()}>
          <Trans>Re-enable customer</Trans>
        </Anchor>
      )}
    </Alert>
  );
}
