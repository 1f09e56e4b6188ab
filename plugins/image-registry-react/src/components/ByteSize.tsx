import { useLanguage } from '../hooks';
import { formatBytes } from './format';

/**
 * A size such as `48.2 MB`, with the exact number of bytes on hover.
 *
 * @public
 */
export function ByteSize({ bytes }: { bytes: number }) {
  const language = useLanguage();
  return (
    <span title={`${bytes.toLocaleString(language)} B`}>
      {formatBytes(bytes, language)}
    </span>
  );
}
