import { ReactNode } from 'react';
import {
  FieldProblem,
  ImageDetails,
} from '@slipway/backstage-plugin-image-registry-common';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { EnvSection } from './EnvSection';
import { ExposureSection } from './ExposureSection';
import { useForm } from './FormContext';
import { PortsSection } from './PortsSection';
import { ProbesSection } from './ProbesSection';
import {
  CommandFields,
  ContainerSection,
  ResourcesSection,
} from './RunSections';
import { Section } from './Section';
import { countIn, FoldedSection, foldedSections } from './sections';
import { VolumesSection } from './VolumesSection';
import { probeNames, WorkloadDraft } from './WorkloadDraft';

interface FoldedSectionsProps {
  open: readonly FoldedSection[];
  onToggle(section: FoldedSection, open: boolean): void;
  problems: readonly FieldProblem[];
  image?: ImageDetails;
  /** User, nodes and accounts stay as they were chosen once. */
  onlyCommand?: boolean;
  /** There is an Ingress that says more than the form can. */
  keptIngress?: boolean;
  /** Those that are shown; all when absent. */
  sections?: readonly FoldedSection[];
}

/** What most images decide by themselves; folded, with a summary. */
export function FoldedSections(props: FoldedSectionsProps) {
  const { open, onToggle, problems, image } = props;
  const { onlyCommand, keptIngress } = props;
  const { sections = foldedSections } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { draft } = useForm();
  const first = image?.platforms.find(
    ({ platform }) => platform?.os === 'linux',
  );
  const contents: Record<FoldedSection, ReactNode> = {
    resources: <ResourcesSection />,
    ports: <PortsSection />,
    env: <EnvSection ofImage={first?.environment ?? []} />,
    probes: <ProbesSection />,
    volumes: <VolumesSection />,
    exposure: <ExposureSection keptIngress={keptIngress} />,
    container: onlyCommand ? (
      <CommandFields />
    ) : (
      <ContainerSection user={first?.user} />
    ),
  };
  return (
    <div>
      {sections.map(section => (
        <Section
          key={section}
          title={t(
            onlyCommand && section === 'container'
              ? 'edit.section.command'
              : `create.section.${section}`,
          )}
          summary={summaryOf(section, draft) || t('create.nothing')}
          open={open.includes(section)}
          onToggle={isOpen => onToggle(section, isOpen)}
          problems={countIn(section, problems)}
        >
          {contents[section]}
        </Section>
      ))}
    </div>
  );
}

/** In the words of the manifests, which need no translation. */
function summaryOf(section: FoldedSection, draft: WorkloadDraft): string {
  switch (section) {
    case 'resources':
      return [
        `× ${draft.replicas}`,
        draft.requests.cpu,
        draft.requests.memory,
        draft.limits.cpu && `≤ ${draft.limits.cpu}`,
        draft.limits.memory && `≤ ${draft.limits.memory}`,
      ]
        .filter(Boolean)
        .join(' · ');
    case 'ports':
      return draft.ports
        .map(({ port, protocol }) => `${port}/${protocol}`)
        .join(', ');
    case 'env':
      return draft.env.map(({ name }) => name).join(', ');
    case 'probes':
      return probeNames
        .filter(name => draft[name].type !== 'none')
        .map(name => `${name}: ${draft[name].type} ${draft[name].port}`.trim())
        .join(', ');
    case 'volumes':
      return draft.volumes.map(({ mountPath }) => mountPath).join(', ');
    case 'exposure':
      return [
        draft.service && 'Service',
        draft.ingress.wanted && `Ingress ${draft.ingress.host}`.trim(),
      ]
        .filter(Boolean)
        .join(', ');
    default:
      return [
        draft.command.split('\n')[0],
        draft.arguments.split('\n')[0],
        draft.architecture,
        draft.restricted && 'restricted',
      ]
        .filter(Boolean)
        .join(', ');
  }
}
