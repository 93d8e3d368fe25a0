import { SegmentedControl } from '@mantine/core';
import { Form } from '@rjsf/mantine';
import { useMemo, useState } from 'react';

import type { Json } from '../../src/model/json.ts';
import type { OperationView } from '../../src/model/view.ts';
import { formLook, formSchema, isObjectSchema, nearestOption, waysOf } from '../formSchema.ts';
import { formValidator } from '../formValidator.ts';
import { ChoiceTemplate } from './ChoiceTemplate.tsx';
import { FieldErrors } from './FieldErrors.tsx';
import { GroupTitle } from './GroupTitle.tsx';
import { SecretField } from './SecretField.tsx';

interface ParamsFormProps {
  readonly operation: OperationView;
  readonly params: Json;
  /** Tells the fields of one step from those of another. */
  readonly idPrefix: string;
  readonly onChange: (params: Json) => void;
}

const fields = { secret: SecretField };
const templates = {
  MultiSchemaFieldTemplate: ChoiceTemplate,
  FieldErrorTemplate: FieldErrors,
  TitleFieldTemplate: GroupTitle,
  ArrayFieldTitleTemplate: GroupTitle,
};

/** The params of an operation, as its own schema describes them; where it takes several forms of them, one of those. */
export function ParamsForm({ operation, params, idPrefix, onChange }: ParamsFormProps) {
  const ways = useMemo(() => waysOf(formSchema(operation.params)), [operation]);
  // What is wrong is said after a field is left, and taken back as soon as it is right, so that nothing moves at a click.
  const [isWrong, setWrong] = useState(false);
  const [way, setWay] = useState(() => nearestOption(ways, params));
  const { title: _, ...schema } = ways[way] ?? {};
  const uiSchema = useMemo(
    () => formLook(ways[way] ?? {}, operation.examples[way] ?? operation.examples[0]),
    [ways, way, operation],
  );
  return (
    <>
      {ways.length > 1 && (
        <div>
          <SegmentedControl
            aria-label={`How ${operation.title} is told what to do`}
            value={String(way)}
            onChange={(next) => {
              setWay(Number(next));
              onChange(shared(params, ways[Number(next)]));
            }}
            data={ways.map(({ title }, i) => ({
              value: String(i),
              label: typeof title === 'string' ? title : 'Other',
            }))}
          />
        </div>
      )}
      <Form
        key={way}
        tagName="div"
        className="params"
        idPrefix={idPrefix}
        schema={schema}
        uiSchema={uiSchema}
        formData={params}
        validator={formValidator}
        fields={fields}
        templates={templates}
        liveValidate={isWrong ? 'onChange' : 'onBlur'}
        showErrorList={false}
        noHtml5Validate
        experimental_defaultFormStateBehavior={{ emptyObjectFields: 'skipEmptyDefaults' }}
        onChange={({ formData, errors }) => {
          setWrong(errors.length > 0);
          onChange(withoutGaps(formData));
        }}
      >
        {/* no button of its own: the page has one for the whole change */}
        <span hidden />
      </Form>
    </>
  );
}

const withoutGaps = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? {})) as Json;

/** What was written that the other way knows too. */
function shared(params: Json, way: Json | undefined): Json {
  const known = isObjectSchema(way) && isObjectSchema(way['properties']) ? way['properties'] : {};
  return isObjectSchema(params) ? Object.fromEntries(Object.entries(params).filter(([name]) => name in known)) : {};
}
