/** Mantine's inputs bound to the form around them by `name`; errors stand at the field. */
import {
  NumberInput,
  PasswordInput,
  Select,
  Switch,
  Textarea,
  TextInput,
  type NumberInputProps,
  type PasswordInputProps,
  type SelectProps,
  type SwitchProps,
  type TextareaProps,
  type TextInputProps,
} from '@mantine/core';
import { useController } from 'react-hook-form';

interface Named {
  /** Path in the form's values: `primaryUser.email`. */
  name: string;
}

export function TextField({ name, ...rest }: TextInputProps & Named) {
  const { field, fieldState } = useController({ name });
  return <TextInput {...rest} {...field} value={textOf(field.value)} error={fieldState.error?.message} />;
}

export function TextAreaField({ name, ...rest }: TextareaProps & Named) {
  const { field, fieldState } = useController({ name });
  return <Textarea autosize minRows={3} {...rest} {...field} value={textOf(field.value)} error={fieldState.error?.message} />;
}

/** A password as typed now. A secret the server keeps is a `SecretField`. */
export function PasswordField({ name, ...rest }: PasswordInputProps & Named) {
  const { field, fieldState } = useController({ name });
  return <PasswordInput {...rest} {...field} value={textOf(field.value)} error={fieldState.error?.message} />;
}

/** A whole number; empty while nothing is typed. */
export function NumberField({ name, ...rest }: NumberInputProps & Named) {
  const { field, fieldState } = useController({ name });
  return (
    <NumberInput allowDecimal={false} hideControls {...rest} {...field} value={numberOf(field.value)} error={fieldState.error?.message} />
  );
}

/** A day, `2026-11-22`, by the browser's own calendar. */
export function DayField({ name, ...rest }: TextInputProps & Named) {
  return <TextField {...rest} name={name} type="date" />;
}

type Choice = Omit<SelectProps, 'data' | 'name'> & Named & { data: readonly { value: string; label: string }[] };

/** One of a list; null when cleared. */
export function SelectField({ name, data, ...rest }: Choice) {
  const { field, fieldState } = useController({ name });
  return <Select {...rest} {...field} data={[...data]} value={textOf(field.value) || null} error={fieldState.error?.message} />;
}

export function SwitchField({ name, ...rest }: SwitchProps & Named) {
  const { field, fieldState } = useController({ name });
  const { value, ...bound } = field as { value: unknown } & Omit<typeof field, 'value'>;
  return <Switch {...rest} {...bound} checked={value === true} error={fieldState.error?.message ?? null} />;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number | '' {
  return typeof value === 'number' ? value : '';
}
