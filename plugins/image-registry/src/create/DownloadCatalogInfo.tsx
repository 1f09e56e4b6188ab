import { useEffect, useState } from 'react';
import Link from '@material-ui/core/Link';
import Typography from '@material-ui/core/Typography';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

/** Offers the component's own file, which later takes the place of ours. */
export function DownloadCatalogInfo({ text }: { text: string }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(
      new Blob([text], { type: 'application/yaml' }),
    );
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return (
    <Typography variant="body2">
      <Link href={address} download="catalog-info.yaml">
        {t('create.download')}
      </Link>{' '}
      {t('create.downloadHelper')}
    </Typography>
  );
}
