import { Fault, type FaultCode } from '../model/fault.ts';

/** A request that is turned away before it reaches Recourse: a fault with an HTTP status and headers of its own. */
export class Refusal extends Fault {
  readonly http: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    http: number,
    code: FaultCode,
    message: string,
    more: ConstructorParameters<typeof Fault>[2] & { readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(code, message, more);
    this.name = 'Refusal';
    this.http = http;
    this.headers = more.headers ?? {};
  }
}
