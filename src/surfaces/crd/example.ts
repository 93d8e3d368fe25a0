/** A small definition for the examples of the rules. */
export const crdExample = (
  schema: string,
  versions = `[{name: v1, served: true, storage: true, schema: {openAPIV3Schema: ${schema}}}]`,
  more = '',
): string =>
  `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  ${more}
  versions: ${versions}
`;
