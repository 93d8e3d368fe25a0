// Written by `npm run index` from the files in this folder. Do not edit.
import type { SurfaceRegistry } from '../model/surface.ts';
import { argocd } from './argocd/index.ts';
import { artifact } from './artifact/index.ts';
import { controller } from './controller/index.ts';
import { crd } from './crd/index.ts';
import { flag } from './flag/index.ts';
import { flux } from './flux/index.ts';
import { helm } from './helm/index.ts';
import { image } from './image/index.ts';
import { kubernetes } from './kubernetes/index.ts';
import { kustomize } from './kustomize/index.ts';
import { mysql } from './mysql/index.ts';
import { plan } from './plan/index.ts';
import { policy } from './policy/index.ts';
import { postgres } from './postgres/index.ts';
import { secret } from './secret/index.ts';
import { state } from './state/index.ts';
import { terraform } from './terraform/index.ts';

export const surfaces = {
  argocd,
  artifact,
  controller,
  crd,
  flag,
  flux,
  helm,
  image,
  kubernetes,
  kustomize,
  mysql,
  plan,
  policy,
  postgres,
  secret,
  state,
  terraform,
} as unknown as SurfaceRegistry;
