import { useState } from 'react';
import Alert from '@material-ui/lab/Alert';
import {
  ImageDetails,
  ImageFindings,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ByteSize,
  CodeBlock,
  Facts,
  SectionTitle,
  TimeAgo,
} from '../components';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { LayerList } from './LayerList';
import { PlatformTable } from './PlatformTable';
import { RegistryFindings } from './RegistryFindings';
import { SourceLinks } from './SourceLinks';

/** @public */
export interface ImageDetailsContentProps {
  image: ImageDetails;
  /** What the registry knows beside it; comes later than the image. */
  findings?: ImageFindings;
}

/**
 * Digest, pull command, platforms, layers and configuration of an image.
 *
 * @public
 */
export function ImageDetailsContent(props: ImageDetailsContentProps) {
  const { findings, image } = props;
  const t = useTranslate(imageRegistryTranslationRef);
  const [index, setIndex] = useState(0);
  const selected = image.platforms[index] ?? image.platforms[0];

  return (
    <div>
      {image.kind !== 'image' && (
        <Alert severity="info">
          {t('image.notDeployable', { kind: image.artifactType ?? image.kind })}
        </Alert>
      )}
      <SectionTitle>{t('image.digest')}</SectionTitle>
      <CodeBlock text={image.digest} what={t('word.digest')} />
      <SectionTitle>{t('image.pullCommand')}</SectionTitle>
      <CodeBlock
        text={`docker pull ${image.pullReference}`}
        what={t('image.pullCommand')}
      />
      <SectionTitle>{t('image.about')}</SectionTitle>
      <Facts
        facts={[
          [
            t('image.size'),
            image.size !== undefined && <ByteSize bytes={image.size} />,
          ],
          [
            t('image.pushed'),
            image.pushedAt && <TimeAgo time={image.pushedAt} />,
          ],
          [
            t('image.created'),
            image.createdAt && <TimeAgo time={image.createdAt} />,
          ],
          [t('image.mediaType'), image.mediaType],
        ]}
      />
      {findings && <RegistryFindings findings={findings} />}
      {selected && (
        <SourceLinks labels={{ ...image.annotations, ...selected.labels }} />
      )}
      {image.platforms.length > 0 && (
        <>
          <SectionTitle>{t('image.platforms')}</SectionTitle>
          <PlatformTable
            platforms={image.platforms}
            selected={index}
            onSelect={setIndex}
          />
        </>
      )}
      {selected && selected.layers.length > 0 && (
        <>
          <SectionTitle>{t('image.layers')}</SectionTitle>
          <LayerList layers={selected.layers} />
        </>
      )}
      {selected && (
        <>
          <Configuration platform={selected} />
          <Pairs title={t('image.labels')} pairs={selected.labels} />
        </>
      )}
      <Pairs title={t('image.annotations')} pairs={image.annotations} />
    </div>
  );
}

function Pairs(props: { title: string; pairs: Record<string, string> }) {
  const pairs = Object.entries(props.pairs);
  return pairs.length === 0 ? null : (
    <>
      <SectionTitle>{props.title}</SectionTitle>
      <Facts facts={pairs} />
    </>
  );
}

function Configuration(props: { platform: ImageDetails['platforms'][0] }) {
  const { platform } = props;
  const t = useTranslate(imageRegistryTranslationRef);
  const facts = [
    [t('image.ports'), platform.exposedPorts.join(', ')],
    [t('image.entrypoint'), platform.entrypoint?.join(' ')],
    [t('image.command'), platform.command?.join(' ')],
    [t('image.user'), platform.user],
    [t('image.workingDirectory'), platform.workingDirectory],
  ] as const;
  return (
    <>
      {facts.some(([, value]) => value) && (
        <>
          <SectionTitle>{t('image.configuration')}</SectionTitle>
          <Facts facts={facts} />
        </>
      )}
      {platform.environment.length > 0 && (
        <>
          <SectionTitle>{t('image.environment')}</SectionTitle>
          <CodeBlock
            text={platform.environment.join('\n')}
            what={t('image.environment')}
          />
        </>
      )}
    </>
  );
}
