import type { Surface } from '../../model/surface.ts';
import { readEach } from '../read-each.ts';
import { rules } from './registry.ts';
import { stateIn, type StateFile } from './state-file.ts';

const isState = (path: string, text: string): boolean =>
  /\.tfstate(\.|$)/.test(path) || (/^\s*\{/.test(text) && text.includes('"lineage"') && text.includes('"serial"'));

/** States of Terraform and OpenTofu: the record of what exists, which may lie. */
export const state: Surface<StateFile> = {
  name: 'state',
  summary: 'IaC state: what Terraform or OpenTofu believes to exist',
  wayBack: 'Leave it, and repair it object by object with import, moved and removed blocks.',
  mainRisk: 'It may lie: an old state over a world that went on destroys and creates what nobody changed.',
  examplePath: 'terraform.tfstate',
  recognises: isState,
  read: (files) => readEach(files, stateIn),
  rules: Object.values(rules),
};
