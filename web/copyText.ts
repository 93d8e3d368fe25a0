import { announce } from './announcement.ts';

/**
 * Puts a text where it can be pasted from, and says whether that went well: browsers allow it to pages from HTTPS or
 * localhost only.
 * @param what names it, for whoever hears it
 */
export async function copyText(text: string, what: string): Promise<void> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  try {
    if (!clipboard) throw new Error('not offered to this page');
    await clipboard.writeText(text);
    announce(`${what} copied.`);
  } catch {
    announce(`${what} could not be copied: this browser does not let the page.`);
  }
}
