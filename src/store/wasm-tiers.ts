import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from compiling PGlite's one huge module a second time in the background, which costs 550 MB and doubles the
 * time to open. Both flags, and before any WebAssembly is loaded.
 */
export function useOneWasmTier(): void {
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}
