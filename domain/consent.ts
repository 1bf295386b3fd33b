/**
 * Consent as a list may bring it: that a person agreed to be contacted, when, and where they said so. Three columns
 * of a list, or variables of a record, are recognised by name; nothing decides by them, receipts show them.
 */
export interface Consent {
  /** As it stood; e.g. `yes`. */
  given: string;
  at: string | null;
  source: string | null;
}

/** Longer cells are cut: a receipt names a source, it does not hold a document. */
const LONGEST = 300;

const plain = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '');

/**
 * @param variables of a record, by name. `consent`, `consentAt` and `consentSource` count in any case, with or without
 *   spaces, `_` and `-`
 * @returns null where there is no `consent`
 */
export function consentOf(variables: Readonly<Record<string, string>>): Consent | null {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(variables)) {
    const key = plain(name);
    if (!found.has(key) && value.trim() !== '') found.set(key, value.trim().slice(0, LONGEST));
  }
  const given = found.get('consent');
  if (given === undefined) return null;
  return { given, at: found.get('consentat') ?? null, source: found.get('consentsource') ?? null };
}
