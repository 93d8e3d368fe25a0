import type { Surface } from '../../model/surface.ts';
import { readEach } from '../read-each.ts';
import { type FlagFile, flagFile, holdsFlags } from './flag-file.ts';
import { rules } from './registry.ts';

export const flag: Surface<FlagFile> = {
  name: 'flag',
  summary: 'Feature flags in files: flagd and OpenFeature, GO Feature Flag, and plain lists of switches.',
  wayBack: 'Set the variant that was there before.',
  mainRisk: 'What the code behind the flag has written stays, and an older program may ask for a flag that is gone.',
  examplePath: 'flags.yaml',
  recognises: holdsFlags,
  read: (files) => readEach(files, (text, path) => flagFile(path, text)),
  rules: Object.values(rules),
};
