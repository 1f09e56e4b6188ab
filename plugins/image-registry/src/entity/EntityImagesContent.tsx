import { ReactNode } from 'react';
import {
  ErrorPanel,
  RowsSkeleton,
  useRegistries,
} from '@slipway/backstage-plugin-image-registry-react';
import { Panel } from '../page/Panel';
import { useQueryParameters } from '../page/useQueryParameters';
import { ChangeSource } from './ChangeSource';
import { ComponentTags } from './ComponentTags';
import { NoSource } from './NoSource';
import { SourceBar } from './SourceBar';
import { isConnected, useComponentImages } from './useComponentImages';

/**
 * The images of a component: where they come from, the tags, an image's
 * details with "Deploy…".
 */
export function EntityImagesContent() {
  const query = useQueryParameters();
  const { value, error, refetch, entity, entityRef } = useComponentImages();
  const registries = useRegistries();

  const failure = error ?? registries.error;
  let content: ReactNode;
  if (!value || !registries.value) {
    content = failure ? (
      <ErrorPanel
        error={failure}
        onRetry={() => {
          refetch();
          registries.refetch();
        }}
      />
    ) : (
      <RowsSkeleton rows={8} />
    );
  } else {
    const { items } = value.sources;
    const wanted = Number(query.get('source') ?? 0);
    const source = items[wanted] ?? items[0];
    const registry = registries.value.registries.find(
      ({ id }) => id === source?.image.registryId,
    );
    content = (
      <>
        {source && (
          <SourceBar
            sources={items}
            source={source}
            registries={registries.value.registries}
            onSelect={index =>
              query.set({
                source: String(index),
                image: undefined,
                search: undefined,
              })
            }
            onChange={() => query.set({ change: 'source' })}
          />
        )}
        {source && isConnected(source) && registry ? (
          <ComponentTags
            key={`${registry.id} ${source.image.repository}`}
            entityRef={entityRef}
            registry={registry}
            repository={source.image.repository}
            provider={registries.value.providers.find(
              ({ id }) => id === registry.provider,
            )}
            targets={value.targets?.items ?? []}
          />
        ) : (
          <NoSource
            name={entity.metadata.name}
            source={source}
            suggestions={value.sources.suggestions}
            registries={registries.value.registries}
            entityRef={entityRef}
            onChanged={refetch}
            onChoose={() => query.set({ change: 'source' })}
          />
        )}
        {query.get('change') === 'source' && (
          <ChangeSource
            entityRef={entityRef}
            sources={items}
            source={source}
            onClose={() => query.set({ change: undefined })}
            onChanged={refetch}
          />
        )}
      </>
    );
  }
  return <Panel>{content}</Panel>;
}
