/** Whether a name fits a pattern in which `*` stands for any characters. */
export function matchesNamespace(pattern: string, namespace: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) {
    return pattern === namespace;
  }
  const [first, ...rest] = parts;
  const last = rest.pop() ?? '';
  if (
    namespace.length < first.length + last.length ||
    !namespace.startsWith(first) ||
    !namespace.endsWith(last)
  ) {
    return false;
  }
  let position = first.length;
  const end = namespace.length - last.length;
  for (const part of rest) {
    const found = namespace.indexOf(part, position);
    if (found === -1 || found + part.length > end) {
      return false;
    }
    position = found + part.length;
  }
  return true;
}
