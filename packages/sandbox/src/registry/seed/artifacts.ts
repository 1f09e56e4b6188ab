import { buildArtifact } from '../images/buildArtifact';
import { buildSignature, signatureTag } from '../images/buildSignature';
import { createContent, createJsonContent } from '../images/ImageBundle';
import { gzipStored } from '../images/gzipStored';
import { createTar } from '../images/tarArchive';
import { MEDIA_TYPES } from '../protocol/mediaTypes';
import { daysBefore, SeedEntry } from './SeedEntry';

/** A signature in a tag and a list of parts as a referrer of one image. */
export function companionsOf(image: SeedEntry): SeedEntry[] {
  const { repository, bundle, tags } = image;
  const subject = bundle.manifest.descriptor;
  const created = daysBefore(15).toISOString();
  const parts = createJsonContent(MEDIA_TYPES.spdx, {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: `${repository}:${tags[0]}`,
    documentNamespace: `https://sbom.example.com/${subject.digest}`,
    creationInfo: { created, creators: ['Tool: sandbox'] },
    packages: [],
  });
  return [
    {
      repository,
      tags: [signatureTag(subject.digest)],
      bundle: buildSignature(repository, subject.digest),
    },
    {
      repository,
      tags: [],
      bundle: buildArtifact({
        artifactType: MEDIA_TYPES.spdx,
        layers: [parts],
        subject,
        annotations: { 'org.opencontainers.image.created': created },
      }),
    },
  ];
}

/** A Helm chart in two versions. */
export function helmCharts(): SeedEntry[] {
  return [chart('0.3.0', 74), chart('0.3.1', 18)];
}

function chart(version: string, age: number): SeedEntry {
  const created = daysBefore(age);
  const metadata = {
    apiVersion: 'v2',
    name: 'web',
    description: 'The demo web service',
    type: 'application',
    version,
    appVersion: 'v1.3.0',
  };
  const lines = Object.entries(metadata).map(
    ([key, value]) => `${key}: ${value}`,
  );
  const archive = createTar(
    [
      { path: 'web/Chart.yaml', content: `${lines.join('\n')}\n` },
      { path: 'web/values.yaml', content: 'replicas: 2\n' },
      {
        path: 'web/templates/configmap.yaml',
        content:
          'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n',
      },
    ],
    created,
  );
  return {
    repository: 'charts/web',
    tags: [version],
    bundle: buildArtifact({
      config: createJsonContent(MEDIA_TYPES.helmConfig, metadata),
      layers: [createContent(MEDIA_TYPES.helmChart, gzipStored(archive))],
      annotations: {
        'org.opencontainers.image.title': 'web',
        'org.opencontainers.image.version': version,
        'org.opencontainers.image.created': created.toISOString(),
      },
    }),
  };
}
