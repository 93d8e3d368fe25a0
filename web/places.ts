/** The places of the rail: each a noun, and the key that leads there after `G`. */
import IconBook from '@tabler/icons-react/dist/esm/icons/IconBook2.mjs';
import IconLink from '@tabler/icons-react/dist/esm/icons/IconLink.mjs';
import IconPlug from '@tabler/icons-react/dist/esm/icons/IconPlugConnected.mjs';
import IconReplace from '@tabler/icons-react/dist/esm/icons/IconReplace.mjs';

export const places = [
  { to: '/changes', word: 'Changes', icon: IconReplace, key: 'c' },
  { to: '/operations', word: 'Operations', icon: IconBook, key: 'o' },
  { to: '/connections', word: 'Connections', icon: IconPlug, key: 'n' },
  { to: '/evidence', word: 'Evidence', icon: IconLink, key: 'e' },
] as const;
