import { Alert } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconInbox, IconInfoCircle, IconMail } from '@tabler/icons-react';
import type { z } from 'zod';
import type { Mail as MailSchema } from '../../../contract/identity.ts';
import { contract } from '../../../contract/index.ts';
import { call } from '../../api/client.ts';
import { rowsOf } from '../../api/rows.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { DataTable, type Column } from '../../ui/table/DataTable.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import classes from './MailsPage.module.css';
import { MailView } from './MailView.tsx';

export type Mail = z.infer<typeof MailSchema>;

/** What Ringside wrote to people; without a mail server this is where the operator reads it and hands on the links. */
export function MailsPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { mail: openId } = useSearch({ from: '/app/mail' });
  const query = useQuery({
    queryKey: ['mails'],
    queryFn: ({ signal }) => call(contract.mails.list, {}, { signal }),
    // Mails are written a moment after what caused them.
    refetchInterval: 10_000,
  });
  const open = query.data?.items.find(({ id }) => id === openId) ?? null;
  const columns: Column<Mail>[] = [
    {
      key: 'subject',
      header: t`Subject`,
      cell: ({ id, subject }) => (
        <TextLink to="/mail" search={{ mail: id }} replace>
          {subject}
        </TextLink>
      ),
    },
    { key: 'to', header: t`To`, cell: (row) => row.to },
    { key: 'createdAt', header: t`Written`, width: '140px', wideOnly: true, cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
  ];
  return (
    <>
      <PageHeader title={t`Outgoing mail`} />
      {query.data?.delivery === 'outbox' && (
        <Alert color="blue" mb="md" icon={<IconInfoCircle size={18} aria-hidden="true" />}>
          <Trans>
            No mail server is set (SMTP_URL), so mails are not sent: they are kept here. Open one and hand its link on yourself.
          </Trans>
        </Alert>
      )}
      <div className={classes.split}>
        <DataTable
          {...rowsOf(query, ({ items }) => items)}
          label={t`Outgoing mail`}
          columns={columns}
          rowKey={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: '/mail', search: { mail: id }, replace: true })}
          empty={<EmptyState Icon={IconMail} title={t`No mails`} text={t`Invitations and links for new passwords appear here.`} />}
          expected={4}
        />
        {open === null ? (
          query.data !== undefined &&
          query.data.items.length > 0 && (
            <div className={classes.none}>
              <EmptyState Icon={IconInbox} title={t`No mail chosen`} text={t`Choose one to read it here.`} />
            </div>
          )
        ) : (
          <MailView mail={open} />
        )}
      </div>
    </>
  );
}
