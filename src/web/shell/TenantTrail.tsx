import { Menu, Text, UnstyledButton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconCheck, IconChevronRight, IconSelector } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Membership } from '../api/session.ts';
import classes from './TenantTrail.module.css';

export interface TrailItem {
  id: string;
  name: string;
  kind: Membership['tenantKind'];
  /** Where its page is; null: one may not go there. */
  to: string | null;
  /** The tenant one acts in there. */
  as?: string;
}

interface Props {
  items: readonly TrailItem[];
  memberships: readonly Membership[];
}

/** Says where one is, from the enterprise down; whoever belongs to several tenants can go over to another. */
export function TenantTrail({ items, memberships }: Props) {
  const { t } = useLingui();
  return (
    <nav className={classes.trail} aria-label={t`Where you are`}>
      <ol>
        {items.map((item, at) => (
          <li key={item.id}>
            {at > 0 && <IconChevronRight size={14} aria-hidden="true" />}
            <Item item={item} last={at === items.length - 1} />
          </li>
        ))}
      </ol>
      {memberships.length > 1 && <Switcher memberships={memberships} here={items.map(({ id }) => id)} />}
    </nav>
  );
}

function Item({ item, last }: { item: TrailItem; last: boolean }) {
  if (item.to === null || last) {
    return (
      <span className={classes.item} aria-current={last ? 'true' : undefined} title={item.name}>
        {item.name}
      </span>
    );
  }
  return (
    <Link className={classes.item} to={item.to} {...(item.as === undefined ? {} : { search: { as: item.as } })} title={item.name}>
      {item.name}
    </Link>
  );
}

function Switcher({ memberships, here }: { memberships: readonly Membership[]; here: readonly string[] }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  return (
    <Menu width={280} position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes.switch} aria-label={t`Switch account`}>
          <IconSelector size={16} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {memberships.map((membership) => (
          <Menu.Item
            key={membership.tenantId}
            onClick={() => void navigate({ to: '/', search: { as: membership.tenantId } })}
            rightSection={here.includes(membership.tenantId) ? <IconCheck size={16} aria-hidden="true" /> : null}
          >
            {membership.tenantName}
            <Text fz="xs" c="dimmed">
              {kindName(membership.tenantKind)}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function kindName(kind: Membership['tenantKind']): ReactNode {
  switch (kind) {
    case 'enterprise':
      return <Trans>Enterprise</Trans>;
    case 'reseller':
      return <Trans>Reseller</Trans>;
    case 'customer':
      return <Trans>Customer</Trans>;
  }
}
