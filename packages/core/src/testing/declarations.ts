import { readdirSync } from 'node:fs';
import type { Declaration } from '../codec/index.js';
import { isDeclaration } from './table.js';

const SOURCES = new URL('..', import.meta.url);

/** The folders whose modules declare elements. */
const FOLDERS = ['stanza', 'xep', 'xabber/elements', 'xabber/v0', 'kontalk/elements'];

/** A module that declares elements: its path without the ending, and its declarations by their names. */
export interface DeclaringModule {
  readonly path: string;
  readonly declarations: readonly (readonly [name: string, declared: Declaration<unknown>])[];
}

/** All modules that declare elements, found in the folders: a new one need not be listed anywhere. */
export async function declaringModules(): Promise<readonly DeclaringModule[]> {
  const modules: DeclaringModule[] = [];
  for (const folder of FOLDERS) {
    for (const file of readdirSync(new URL(`${folder}/`, SOURCES)).sort()) {
      if (!file.endsWith('.ts') || file.endsWith('.test.ts') || file === 'index.ts') continue;
      const path = `${folder}/${file.slice(0, -'.ts'.length)}`;
      const exported: Readonly<Record<string, unknown>> = await import(
        new URL(`${path}.ts`, SOURCES).pathname
      );
      const declarations = Object.entries(exported).flatMap(([name, declared]) =>
        isDeclaration(declared) ? [[name, declared] as const] : [],
      );
      if (declarations.length > 0) modules.push({ path, declarations });
    }
  }
  return modules;
}
