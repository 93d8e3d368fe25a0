import { PasswordInput, SegmentedControl } from '@mantine/core';
import type { FieldProps } from '@rjsf/utils';
import { useEffect, useId, useState } from 'react';

/** A secret is made where it is sealed, or typed here and sealed on arrival. It is never shown again. */
export function SecretField({ schema, name, formData, fieldPathId, onChange, disabled }: FieldProps) {
  const given = formData as { readonly $secret?: string; readonly $plain?: string } | undefined;
  const [way, setWay] = useState<string>(given?.$plain === undefined ? 'generate' : 'type');
  const label = useId();
  const set = (next: string, typed = '') => {
    setWay(next);
    onChange(next === 'generate' ? { $secret: 'generate' } : { $plain: typed }, fieldPathId.path);
  };
  const isUnset = formData === undefined && way === 'generate';
  useEffect(() => {
    if (isUnset) onChange({ $secret: 'generate' }, fieldPathId.path);
  }, [isUnset, onChange, fieldPathId]);
  const title = schema.title ?? name;
  return (
    <div>
      <span className="mantine-InputWrapper-label secret-label" id={label}>
        {title}
      </span>
      <SegmentedControl
        aria-labelledby={label}
        fullWidth
        disabled={disabled === true}
        value={way}
        onChange={(next) => set(next)}
        data={[
          { value: 'generate', label: 'Generate here' },
          { value: 'type', label: 'Type it' },
        ]}
      />
      {way === 'type' && (
        <PasswordInput
          aria-label={`${title}, typed`}
          autoComplete="new-password"
          value={given?.$plain ?? ''}
          onChange={(event) => set('type', event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide what is typed' }}
        />
      )}
      <p className="meta small">
        {way === 'generate'
          ? 'Made and sealed on the server. Nobody sees it.'
          : 'Sealed when it arrives. It is shown nowhere again.'}
      </p>
    </div>
  );
}
