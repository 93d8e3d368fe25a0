import type { FieldErrorProps } from '@rjsf/utils';

/** Inputs show what is wrong with them by themselves; lists, groups and secrets do not. */
export function FieldErrors({ errors, schema }: FieldErrorProps) {
  const showsItself = schema.type !== 'object' && schema.type !== 'array';
  if (showsItself || !errors || errors.length === 0) return null;
  return <p className="mantine-InputWrapper-error">{errors.map(String).join(' ')}</p>;
}
