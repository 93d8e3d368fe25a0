import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs';
import IconSun from '@tabler/icons-react/dist/esm/icons/IconSun.mjs';
import IconSunMoon from '@tabler/icons-react/dist/esm/icons/IconSunMoon.mjs';

const schemes = {
  auto: { word: 'Colours of the system', icon: IconSunMoon, next: 'light' },
  light: { word: 'Light', icon: IconSun, next: 'dark' },
  dark: { word: 'Dark', icon: IconMoon, next: 'auto' },
} as const satisfies Record<MantineColorScheme, { next: MantineColorScheme; word: string; icon: unknown }>;

/** As the system has it, light, dark, and around again. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { word, icon: Icon, next } = schemes[colorScheme];
  return (
    <button
      type="button"
      className="rail-line"
      onClick={() => setColorScheme(next)}
      aria-label={`${word}. Change to ${schemes[next].word.toLowerCase()}`}
    >
      <Icon size={15} aria-hidden="true" />
      <span className="rail-word">{word}</span>
    </button>
  );
}
