import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import SignedIcon from '@material-ui/icons/VerifiedUser';
import UnsignedIcon from '@material-ui/icons/RemoveCircleOutline';
import { TagItem } from '@slipway/backstage-plugin-image-registry-common';
import { Facts, ScanLabel, SectionTitle, StateLabel } from '../components';
import { imageRegistryTranslationRef } from '../translation';

/** What the registry says of an image: scan and signatures. */
export function ImageFindings({ listed }: { listed?: TagItem }) {
  const { t } = useTranslationRef(imageRegistryTranslationRef);
  return (
    <section>
      <SectionTitle>{t('changes.image')}</SectionTitle>
      <Facts
        facts={[
          [
            t('changes.scan'),
            listed?.scan ? (
              <ScanLabel scan={listed.scan} />
            ) : (
              t('changes.scanUnknown')
            ),
          ],
          [
            t('changes.signed'),
            <Signatures key="signed" kinds={listed?.signatures} />,
          ],
        ]}
      />
    </section>
  );
}

function Signatures({ kinds }: { kinds?: string[] }) {
  const { t } = useTranslationRef(imageRegistryTranslationRef);
  if (!kinds) {
    return <>{t('changes.signatureUnknown')}</>;
  }
  return kinds.length > 0 ? (
    <StateLabel icon={SignedIcon} tone="ok">
      {kinds.join(', ')}
    </StateLabel>
  ) : (
    <StateLabel icon={UnsignedIcon} tone="warning">
      {t('changes.unsigned')}
    </StateLabel>
  );
}
