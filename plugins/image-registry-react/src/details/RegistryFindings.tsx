import Alert from '@material-ui/lab/Alert';
import CheckIcon from '@material-ui/icons/CheckCircle';
import NoneIcon from '@material-ui/icons/RemoveCircleOutline';
import {
  ImageFindings,
  severities,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  Facts,
  formatBytes,
  ReasonText,
  ScanLabel,
  SectionTitle,
  StateLabel,
  TimeAgo,
} from '../components';
import { useLanguage } from '../hooks';
import { imageRegistryTranslationRef, useTranslate } from '../translation';

/** What the registry knows of an image: scan, signatures, and its room. */
export function RegistryFindings({ findings }: { findings: ImageFindings }) {
  const t = useTranslate(imageRegistryTranslationRef);
  const language = useLanguage();
  const { problems, quota, reasons = [], scan, signatures } = findings;
  if (!scan && !signatures && !quota && problems.length === 0) {
    return null;
  }
  const counts = severities
    .flatMap(severity => {
      const count = scan?.counts?.[severity] ?? 0;
      return count > 0 ? [`${count} ${t(`severity.${severity}`)}`] : [];
    })
    .join(', ');
  const room = quota && {
    used: formatBytes(quota.used, language),
    limit: formatBytes(quota.limit ?? 0, language),
    place: quota.place,
  };

  return (
    <>
      <SectionTitle>{t('findings.title')}</SectionTitle>
      <Facts
        facts={[
          [t('findings.scan'), scan && <ScanLabel scan={scan} />],
          [t('findings.found'), counts],
          [
            t('findings.fixable'),
            scan?.fixable !== undefined && counts && String(scan.fixable),
          ],
          [t('findings.scanner'), scan?.scanner],
          [
            t('findings.scannedAt'),
            scan?.finishedAt && <TimeAgo time={scan.finishedAt} />,
          ],
          [
            t('findings.signed'),
            signatures && <Signatures key="signed" kinds={signatures} />,
          ],
          [
            t('findings.room'),
            room &&
              t(
                quota.limit === undefined
                  ? 'findings.roomWithoutLimit'
                  : 'findings.roomOf',
                room,
              ),
          ],
        ]}
      />
      {problems.map((problem, index) => (
        <Alert key={problem} severity="info">
          {reasons[index] ? <ReasonText reason={reasons[index]} /> : problem}
        </Alert>
      ))}
    </>
  );
}

function Signatures({ kinds }: { kinds: string[] }) {
  const t = useTranslate(imageRegistryTranslationRef);
  return kinds.length > 0 ? (
    <StateLabel icon={CheckIcon} tone="ok">
      {kinds.join(', ')}
    </StateLabel>
  ) : (
    <StateLabel icon={NoneIcon} tone="neutral">
      {t('findings.unsigned')}
    </StateLabel>
  );
}
