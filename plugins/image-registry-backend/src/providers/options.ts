/** A text of a form's options; undefined when it is empty. */
export function textOption(
  value: string | boolean | undefined,
): string | undefined {
  return typeof value === 'string' && value.trim() ? value.trim() : undefined;
}

/** Names that a person separated by commas or spaces. */
export function listOption(value: string | boolean | undefined): string[] {
  return (textOption(value) ?? '').split(/[\s,]+/).filter(Boolean);
}
