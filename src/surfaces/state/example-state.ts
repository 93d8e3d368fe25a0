interface ExampleObject {
  readonly type: string;
  readonly name?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly schemaVersion?: number;
}

/** A state as Terraform writes it, for the examples of rules. */
export const exampleState = (serial: number, objects: readonly ExampleObject[], lineage = 'a1'): string =>
  JSON.stringify(
    {
      version: 4,
      terraform_version: '1.11.4',
      serial,
      lineage,
      outputs: {},
      resources: objects.map(({ type, name = 'main', attributes = {}, schemaVersion = 0 }) => ({
        mode: 'managed',
        type,
        name,
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [{ schema_version: schemaVersion, attributes, sensitive_attributes: [] }],
      })),
    },
    null,
    2,
  );
