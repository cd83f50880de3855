import { Button, Skeleton, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { z } from 'zod';
import type { Invitation } from '../../../contract/identity.ts';
import { contract } from '../../../contract/index.ts';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { LoginFrame } from '../../shell/LoginFrame.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { AcceptForm } from './AcceptForm.tsx';
import { BackToLogin } from './ForgottenPage.tsx';

type Found = z.infer<typeof Invitation>;

/** Where an invitation's link leads: taken up, expired, used already, or no invitation at all. */
export function InvitationPage() {
  const { t } = useLingui();
  const { token } = useParams({ from: '/invitation/$token' });
  const query = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => call(contract.identity.invitation, { params: { token } }, { signal }),
    staleTime: Infinity,
  });
  if (query.data !== undefined) return <Known invitation={query.data} token={token} onGone={() => void query.refetch()} />;
  if (query.error instanceof ApiProblem && (query.error.status === 404 || query.error.status === 400)) {
    return (
      <LoginFrame title={t`This link leads nowhere`}>
        <Text>
          <Trans>Check that the whole link was copied from the mail, or ask whoever invited you for a new one.</Trans>
        </Text>
        <BackToLogin />
      </LoginFrame>
    );
  }
  return (
    <LoginFrame title={t`Your invitation`}>
      {query.error === null ? <Skeleton height={220} /> : <ErrorNote text={query.error.message} onRetry={() => void query.refetch()} />}
    </LoginFrame>
  );
}

function Known({ invitation, token, onGone }: { invitation: Found; token: string; onGone: () => void }) {
  const { t } = useLingui();
  const { tenantName } = invitation;
  switch (invitation.state) {
    case 'valid':
      return <AcceptForm invitation={invitation} token={token} onGone={onGone} />;
    case 'expired':
      return <Expired token={token} tenantName={tenantName} />;
    case 'used':
      return (
        <LoginFrame title={t`This invitation has been taken up`}>
          <Text>
            <Trans>You have access to {tenantName}. Log in with your e-mail and password.</Trans>
          </Text>
          <BackToLogin />
        </LoginFrame>
      );
  }
}

function Expired({ token, tenantName }: { token: string; tenantName: string }) {
  const { t } = useLingui();
  const [state, setState] = useState<'asking' | 'busy' | 'sent'>('asking');
  const [failure, setFailure] = useState<string | null>(null);

  async function renew(): Promise<void> {
    setState('busy');
    setFailure(null);
    try {
      await call(contract.identity.renewInvitation, { params: { token } });
      setState('sent');
    } catch (error) {
      setState('asking');
      setFailure(error instanceof Error ? error.message : String(error));
    }
  }

  if (state === 'sent') {
    return (
      <LoginFrame title={t`Look at your mail`}>
        <Text role="status">
          <Trans>A new link is on its way to the address that was invited. It works for seven days.</Trans>
        </Text>
      </LoginFrame>
    );
  }
  return (
    <LoginFrame title={t`This invitation has expired`}>
      <Text>
        <Trans>The link to {tenantName} worked for seven days. We can send a new one to the same address.</Trans>
      </Text>
      {failure !== null && <ErrorNote title={<Trans>The mail could not be sent</Trans>} text={failure} />}
      <Button fullWidth loading={state === 'busy'} onClick={() => void renew()}>
        <Trans>Send me a new one</Trans>
      </Button>
    </LoginFrame>
  );
}
