import type { MultiSchemaFieldTemplateProps } from '@rjsf/utils';
import { cloneElement, isValidElement } from 'react';

/** One of several forms of a value. The choice already names the option, so its fields stand below without a title. */
export function ChoiceTemplate({ selector, optionSchemaField }: MultiSchemaFieldTemplateProps) {
  const field = isValidElement<OptionProps>(optionSchemaField) ? optionSchemaField : undefined;
  const isNothing = field?.props.schema.const === null;
  const isGroup = field?.props.schema.type === 'object';
  return (
    <div className="choice">
      {selector}
      {isNothing
        ? null
        : field && isGroup
          ? cloneElement(field, { uiSchema: { ...field.props.uiSchema, 'ui:label': false } })
          : optionSchemaField}
    </div>
  );
}

interface OptionProps {
  readonly schema: { readonly type?: unknown; readonly const?: unknown };
  readonly uiSchema?: Readonly<Record<string, unknown>>;
}
