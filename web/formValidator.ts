/** Checks form data against a schema without making code at run time, which the content security policy forbids. */
import { type OutputUnit, Validator } from '@cfworker/json-schema';
import {
  createErrorHandler,
  type CustomValidator,
  type ErrorTransformer,
  type RJSFSchema,
  type RJSFValidationError,
  toErrorList,
  toErrorSchema,
  type UiSchema,
  unwrapErrorHandler,
  validationDataMerge,
  type ValidatorType,
} from '@rjsf/utils';

type Data = Record<string, unknown>;

export const formValidator: ValidatorType<Data> = {
  // What is not there fits nothing; the form asks this to guess which option of a choice somebody means.
  isValid: (schema, data, root) =>
    data !== undefined && unitsOf({ ...schema, ...definitionsOf(root) }, data).length === 0,
  rawValidation: (schema, data) => ({ errors: unitsOf(schema, data) as never[] }),
  validateFormData: (
    data: Data | undefined,
    schema: RJSFSchema,
    custom?: CustomValidator<Data>,
    transform?: ErrorTransformer<Data>,
    uiSchema?: UiSchema<Data>,
  ) => {
    const found = nearest(unitsOf(schema, data)).flatMap(errorOf);
    const errors = transform ? transform(found, uiSchema) : found;
    const errorSchema = toErrorSchema<Data>(errors);
    if (!custom) return { errors, errorSchema };
    const handler = custom(data, createErrorHandler<Data>(data ?? {}), uiSchema, errorSchema);
    const own = unwrapErrorHandler<Data>(handler);
    return validationDataMerge({ errors: [...errors, ...toErrorList(own)], errorSchema }, own);
  },
};

function unitsOf(schema: RJSFSchema, data: Data | undefined): readonly OutputUnit[] {
  return new Validator(withoutIds(schema) as object, '2020-12', false).validate(withoutGaps(data)).errors;
}

/** Ids only mark places for the form; two equal ones would be one schema to the validator. */
function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (key === '$id' ? [] : [[key, withoutIds(item)]])),
  );
}

/** A field that was emptied is not there. */
const withoutGaps = (value: unknown): unknown => (value === undefined ? {} : JSON.parse(JSON.stringify(value)));

const definitionsOf = (root: RJSFSchema) => ({ ...(root.$defs && { $defs: root.$defs }) });

/** Of a choice that no option fits, the errors of the option that comes nearest. */
function nearest(units: readonly OutputUnit[]): readonly OutputUnit[] {
  const optionOf = ({ keywordLocation }: OutputUnit) => /^(.*?\/anyOf)\/(\d+)/.exec(keywordLocation)?.slice(1);
  const counts = new Map<string, Map<string, number>>();
  for (const [choice = '', option = ''] of units.flatMap((unit) => [optionOf(unit) ?? []])) {
    if (choice === '') continue;
    const options = counts.get(choice) ?? new Map<string, number>();
    counts.set(choice, options.set(option, (options.get(option) ?? 0) + 1));
  }
  return units.filter((unit) => {
    const [choice, option] = optionOf(unit) ?? [];
    if (choice === undefined || option === undefined) return true;
    const options = [...(counts.get(choice) ?? [])].toSorted(([, a], [, b]) => a - b);
    return options[0]?.[0] === option;
  });
}

/** One error a field: those that only say that a part of them failed are left out. */
function errorOf({ keyword, instanceLocation, error }: OutputUnit): readonly RJSFValidationError[] {
  if (['properties', 'items', '$ref', 'anyOf', 'oneOf', 'allOf'].includes(keyword)) return [];
  const missing = keyword === 'required' ? /"([^"]+)"/.exec(error)?.[1] : undefined;
  const place = instanceLocation.replace(/^#/, '').split('/').slice(1).map(decodeURIComponent);
  const property = [...place, ...(missing === undefined ? [] : [missing])].map((key) => `.${key}`).join('');
  const message = words[keyword]?.(error) ?? error;
  return [{ name: keyword, property, message, stack: `${property} ${message}` }];
}

const words: Readonly<Record<string, (error: string) => string>> = {
  required: () => 'This is needed.',
  minLength: () => 'This is needed.',
  pattern: () => 'This does not have the form that the example shows.',
  additionalProperties: () => 'This is not known here.',
};
