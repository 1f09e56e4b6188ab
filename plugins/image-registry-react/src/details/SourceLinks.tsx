import Link from '@material-ui/core/Link';
import { CopyButton, Facts } from '../components';
import { imageRegistryTranslationRef, useTranslate } from '../translation';

/** Pre-defined keys of the OCI image spec, annotations.md. */
const SOURCE = 'org.opencontainers.image.source';
const REVISION = 'org.opencontainers.image.revision';

/** Where an image was made from, as it says itself. */
export function SourceLinks({ labels }: { labels: Record<string, string> }) {
  const t = useTranslate(imageRegistryTranslationRef);
  const source = labels[SOURCE];
  const revision = labels[REVISION];
  if (!source && !revision) {
    return null;
  }
  return (
    <Facts
      facts={[
        [
          t('image.source'),
          source && isWebAddress(source) ? (
            <Link href={source} target="_blank" rel="noopener noreferrer">
              {source}
            </Link>
          ) : (
            source
          ),
        ],
        [
          t('image.revision'),
          revision && (
            <>
              <code>{revision.slice(0, 12)}</code>
              <CopyButton text={revision} what={t('image.revision')} />
            </>
          ),
        ],
      ]}
    />
  );
}

/** Labels are written by whoever built the image: only plain links are linked. */
function isWebAddress(text: string): boolean {
  try {
    return ['https:', 'http:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}
