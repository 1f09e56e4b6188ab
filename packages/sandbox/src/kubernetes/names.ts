/** Kubernetes spells names and hashes without vowels and look-alikes. */
export const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** A prefix with five characters that hardly collide; nothing without one. */
export function generatedName(prefix: string | undefined): string {
  if (!prefix) {
    return '';
  }
  let suffix = '';
  for (let index = 0; index < 5; index++) {
    suffix += NAME_ALPHABET[Math.floor(Math.random() * NAME_ALPHABET.length)];
  }
  return prefix + suffix;
}
