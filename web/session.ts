/** Who we are to the server: a bearer token that this tab keeps, and no URL ever holds. */
import { cell } from './cell.ts';

const key = 'recourse-token';
export const token = cell<string | null>(sessionStorage.getItem(key));
/** The server asked who we are, and the answer we had was not good. */
export const isAsked = cell(false);

export function keepToken(value: string): void {
  sessionStorage.setItem(key, value);
  token.set(value);
  isAsked.set(false);
}

export function forgetToken(): void {
  sessionStorage.removeItem(key);
  token.set(null);
  isAsked.set(true);
}
