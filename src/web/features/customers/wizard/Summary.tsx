import { Stack, Text, Title } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { ProductType } from '../../../../contract/product-types.ts';
import type { Reseller } from '../../../../contract/tenants.ts';
import { day } from '../../../ui/format.ts';
import { countryName } from '../../../ui/form/places.ts';
import { useLanguage } from '../../../ui/language.ts';
import { featureName } from '../product-words.ts';
import type { Draft } from './draft.ts';

interface Props {
  draft: Draft;
  product: ProductType | undefined;
  reseller: Reseller | undefined;
}

/** Right of the wizard: what has been chosen and what follows from it. */
export function Summary({ draft, product, reseller }: Props) {
  const { language, read } = useLanguage();
  const { details, user, pbx } = draft;
  const country = details.country ?? reseller?.effective.country;
  return (
    <Stack gap="sm">
      <Title order={2} size="h3">
        <Trans>What you create</Trans>
      </Title>
      <Item label={<Trans>Customer</Trans>} value={details.name.trim()}>
        {reseller !== undefined && <Trans>of {reseller.name}</Trans>}
      </Item>
      <Item label={<Trans>Product</Trans>} value={product === undefined ? '' : read(product.name)}>
        {product !== undefined && new Intl.ListFormat(language, { type: 'unit' }).format(product.features.map(featureName))}
        {product?.changeable === false && (
          <Text inherit c="var(--rs-warn-ink)">
            <Trans>It stays with this customer for good.</Trans>
          </Text>
        )}
      </Item>
      {country !== undefined && <Item label={<Trans>Country</Trans>} value={countryName(country, language)} />}
      <Item label={<Trans>Cost</Trans>} value={<Cost draft={draft} language={language} />}>
        <Trans>Every user found takes one Essential licence; add-ons come on top.</Trans>
      </Item>
      <Item label={<Trans>Primary user</Trans>} value={user.displayName.trim()}>
        {user.email !== '' && <Trans>{user.email} gets an invitation, valid for 7 days.</Trans>}
      </Item>
      <Item label={<Trans>Phone system</Trans>} value={pbx === undefined ? '' : <PbxName pbx={pbx} />}>
        {pbx !== undefined && pbx !== null && <PbxConsequence pbx={pbx} />}
      </Item>
    </Stack>
  );
}

function Item({ label, value, children }: { label: ReactNode; value: ReactNode; children?: ReactNode }) {
  return (
    <div>
      <Text fz="sm" c="dimmed">
        {label}
      </Text>
      <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
        {value === '' ? '–' : value}
      </Text>
      {value !== '' && (
        <Text fz="sm" c="dimmed" component="div">
          {children}
        </Text>
      )}
    </div>
  );
}

function Cost({ draft, language }: { draft: Draft; language: string }) {
  const { trial } = draft.details;
  if (trial === null || trial.endDate === '') return <Trans>Billed from today on</Trans>;
  const end = day(Date.parse(trial.endDate), language, 'UTC');
  return <Trans>Free until {end}, then billed</Trans>;
}

function PbxName({ pbx }: { pbx: NonNullable<Draft['pbx']> | null }) {
  if (pbx === null) return <Trans>To be connected later</Trans>;
  const host = pbx.settings['host'];
  return typeof host === 'string' && host !== '' ? host : <Trans>From the template</Trans>;
}

function PbxConsequence({ pbx }: { pbx: NonNullable<Draft['pbx']> }) {
  if (!pbx.enabled) return <Trans>Nothing is connected or recorded until you enable it.</Trans>;
  return <Trans>Its users are read at once; calls are recorded as soon as that is done.</Trans>;
}
