import { createAlibabaProvider } from '@slipway/backstage-plugin-image-registry-backend-module-aliyun';
import { createEcrProvider } from '@slipway/backstage-plugin-image-registry-backend-module-aws';
import { createArtifactRegistryProvider } from '@slipway/backstage-plugin-image-registry-backend-module-google';
import { createHuaweiProvider } from '@slipway/backstage-plugin-image-registry-backend-module-huawei';
import { createTencentProvider } from '@slipway/backstage-plugin-image-registry-backend-module-tencent';
import { providerModules } from '@slipway/backstage-plugin-image-registry-common';

const name = '@slipway/backstage-plugin-image-registry-backend-module';

/** Where a module is not installed, the list alone knows whose host it is. */
it('lists each module with the hosts that the module itself tells', () => {
  const installed = [
    { packageName: `${name}-aliyun`, ...createAlibabaProvider() },
    { packageName: `${name}-tencent`, ...createTencentProvider() },
    { packageName: `${name}-huawei`, ...createHuaweiProvider() },
    { packageName: `${name}-aws`, ...createEcrProvider() },
    { packageName: `${name}-google`, ...createArtifactRegistryProvider() },
  ];
  expect(providerModules).toEqual(
    installed.map(({ packageName, descriptor }) => ({
      provider: descriptor.id,
      title: descriptor.title,
      hosts: descriptor.hosts,
      packageName,
    })),
  );
  // What those of the built-in kinds are tested for beside them.
  for (const { form } of installed.map(({ descriptor }) => descriptor)) {
    const { address, namespace } = form.labelTranslations?.zh ?? {};
    expect([Boolean(address), Boolean(namespace)]).toEqual([
      Boolean(form.addressLabel),
      Boolean(form.namespaceLabel),
    ]);
  }
});
