/** `set-file-mode` → `setFileMode` */
export const camelCase = (kebab: string): string =>
  kebab.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** `setFileMode` → `set-file-mode` */
export const kebabCase = (camel: string): string =>
  camel.replaceAll(/(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])/g, (letter) => `-${letter}`).toLowerCase();

/** `tag-user` → `Tag user` */
export const sentenceCase = (kebab: string): string =>
  kebab.charAt(0).toUpperCase() + kebab.slice(1).replaceAll('-', ' ');
