/** An Application with some lines of its own, for the examples of rules. */
export const application = (spec: string, metadata = ''): string =>
  `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd${metadata === '' ? '' : `, ${metadata}`}}
spec: {${spec}}
`;

export const applicationSet = (spec: string): string =>
  `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shops, namespace: argocd}
spec: {${spec}}
`;

export const project = (spec: string): string =>
  `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec: {${spec}}
`;
