import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useReseller } from '../../api/acting.ts';
import { resellersFoundQuery } from './resellers.ts';

interface Props {
  value: string | null;
  onChange: (resellerId: string | null) => void;
  placeholder: string;
  /** Above the field; without it the placeholder names it. */
  label?: string;
  description?: string;
  error?: string | undefined;
  clearable?: boolean;
  required?: boolean;
}

/** Finds a reseller by a part of its name, however many there are. */
export function ResellerPicker({ value, onChange, label, placeholder, clearable = false, ...rest }: Props) {
  const [typed, setTyped] = useState('');
  const chosen = useReseller(value).data;
  // The field holds the chosen one's name, which is no search.
  const [q] = useDebouncedValue(typed === chosen?.name ? '' : typed, 200);
  const found = useQuery(resellersFoundQuery(q)).data?.items ?? [];
  const options = chosen === undefined || found.some(({ id }) => id === chosen.id) ? found : [chosen, ...found];
  return (
    <Select
      {...rest}
      {...(label === undefined ? { 'aria-label': placeholder } : { label })}
      placeholder={placeholder}
      searchable
      clearable={clearable}
      value={value}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      data={options.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}
