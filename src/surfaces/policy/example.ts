/** Small policies for the examples of the rules. */
export const kyvernoExample = (action: string, rules: readonly string[], more = ''): string =>
  `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: guard}
spec:
  validationFailureAction: ${action}
  ${more}
  rules:
${rules.map((name) => `    - {name: ${name}, validate: {message: no}}`).join('\n')}
`;
export const iamExample = (...actions: readonly string[]): string =>
  JSON.stringify(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] },
    undefined,
    2,
  );
