import { Badge, Group, Input, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconLock } from '@tabler/icons-react';
import { useController, useWatch } from 'react-hook-form';
import type { ProductType } from '../../../contract/product-types.ts';
import { countryName } from '../../ui/form/places.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage } from '../../ui/language.ts';
import { featureName } from './product-words.ts';
import classes from './ProductField.module.css';
import { productTypesQuery } from './queries.ts';

interface Props {
  /** The country that counts while the form names none. */
  inheritedCountry: string | null;
  /** The product type that may never change again; the others are shown as closed. */
  lockedTo?: string | undefined;
}

/** Which product the customer gets: a card each, with what it holds, where it is sold and whether it can be changed. */
export function ProductField({ inheritedCountry, lockedTo }: Props) {
  const { t } = useLingui();
  const { field, fieldState } = useController({ name: 'productTypeId' });
  const country = (useWatch({ name: 'country' }) as string | null) ?? inheritedCountry;
  const { data, error, refetch } = useQuery(productTypesQuery);
  if (error !== null) return <ErrorNote text={error.message} onRetry={() => void refetch()} />;
  return (
    <Radio.Group
      name={field.name}
      value={typeof field.value === 'string' ? field.value : ''}
      onChange={field.onChange}
      label={t`Product type`}
      required
      error={fieldState.error?.message}
    >
      <Stack gap="xs" mt={4}>
        {data === undefined
          ? [0, 1, 2].map((at) => <Skeleton key={at} height={88} />)
          : data.items.map((product) => (
              <Card key={product.id} product={product} country={country} closed={lockedTo !== undefined && lockedTo !== product.id} />
            ))}
      </Stack>
      {lockedTo !== undefined && (
        <Input.Description mt={6}>
          <Trans>This product type was assigned for good: it keeps records that must not end. It cannot be changed.</Trans>
        </Input.Description>
      )}
    </Radio.Group>
  );
}

function Card({ product, country, closed }: { product: ProductType; country: string | null; closed: boolean }) {
  const { language, read } = useLanguage();
  const notHere = country !== null && product.countries?.includes(country) === false;
  const name = read(product.name);
  return (
    <Radio.Card value={product.id} disabled={closed || notHere} className={classes.card ?? ''} aria-label={name}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator mt={2} disabled={closed || notHere} />
        <div>
          <Group gap={8}>
            <Text fw={600}>{name}</Text>
            {!product.changeable && (
              <Badge color="gray" variant="light" leftSection={<IconLock size={12} aria-hidden="true" />}>
                <Trans>Cannot be changed later</Trans>
              </Badge>
            )}
          </Group>
          <Text fz="sm" c="dimmed">
            {read(product.summary)}
          </Text>
          <Text fz="sm" mt={4}>
            {new Intl.ListFormat(language, { type: 'unit' }).format(product.features.map(featureName))}
          </Text>
          {product.countries !== null && <Countries codes={product.countries} />}
          {notHere && country !== null && (
            <Text fz="sm" c="red">
              <Trans>Not sold in {countryName(country, language)}</Trans>
            </Text>
          )}
        </div>
      </Group>
    </Radio.Card>
  );
}

function Countries({ codes }: { codes: readonly string[] }) {
  const { language } = useLanguage();
  const names = new Intl.ListFormat(language).format(codes.map((code) => countryName(code, language)));
  return (
    <Text fz="sm" c="dimmed">
      <Trans>Sold in {names}</Trans>
    </Text>
  );
}
