/** The parts that we read of a source map (https://tc39.es/ecma426/). */
export interface SourceMapFile {
  sources: string[];
  mappings: string;
}

const DIGITS =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Numbers of one segment of the mappings, in base 64 VLQ. */
function decodeSegment(segment: string): number[] {
  const values: number[] = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = DIGITS.indexOf(digit);
    value |= (bits & 31) << shift;
    if (bits & 32) {
      shift += 5;
    } else {
      values.push(value & 1 ? -(value >> 1) : value >> 1);
      value = 0;
      shift = 0;
    }
  }
  return values;
}

/** Says which text of a built file comes from which source. */
export function codeBySource(
  code: string,
  map: SourceMapFile,
): Map<string, string> {
  const lines = code.split('\n');
  const parts = new Map<string, string[]>();
  let source = 0;
  map.mappings.split(';').forEach((line, row) => {
    const text = lines[row] ?? '';
    let column = 0;
    let open: { source?: string; column: number } = { column: 0 };
    const close = (end: number) => {
      if (open.source !== undefined) {
        const own = parts.get(open.source) ?? [];
        own.push(text.slice(open.column, end));
        parts.set(open.source, own);
      }
    };
    for (const segment of line === '' ? [] : line.split(',')) {
      const [columns, sources] = decodeSegment(segment);
      column += columns;
      close(column);
      source += sources ?? 0;
      open = {
        source: sources === undefined ? undefined : map.sources[source],
        column,
      };
    }
    close(text.length);
  });
  return new Map([...parts].map(([name, each]) => [name, each.join('')]));
}
