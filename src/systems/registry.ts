// Written by `npm run index` from the files in this folder. Do not edit.
import type { System } from '../model/system.ts';
import { git } from './git.ts';
import { linux } from './linux.ts';
import { postgres } from './postgres.ts';

export const systems = {
  git,
  linux,
  postgres,
} as unknown as Readonly<Record<string, System<unknown>>>;
