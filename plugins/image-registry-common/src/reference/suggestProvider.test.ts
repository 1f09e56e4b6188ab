import { parseRegistryAddress } from './RegistryAddress';
import { suggestProvider } from './suggestProvider';

const descriptors = [
  { id: 'docker-hub', hosts: ['docker.io', 'hub.docker.com'] },
  { id: 'aws', hosts: ['*.amazonaws.com', 'public.ecr.aws'] },
  { id: 'aliyun', hosts: ['*.aliyuncs.com'] },
  { id: 'aliyun-enterprise', hosts: ['*.cr.aliyuncs.com'] },
  { id: 'distribution', hosts: [] },
];

describe('suggestProvider', () => {
  it.each([
    ['registry.hub.docker.com', 'docker-hub'],
    ['https://index.docker.io/v1/', 'docker-hub'],
    ['1.dkr.ecr.eu-west-1.amazonaws.com', 'aws'],
    ['public.ecr.aws', 'aws'],
    ['registry.cn-shanghai.aliyuncs.com', 'aliyun'],
    ['a-registry.cn-shanghai.cr.aliyuncs.com', 'aliyun-enterprise'],
    ['amazonaws.com', undefined],
    ['registry.example.com', undefined],
  ])('%s: %s', (address, id) => {
    expect(
      suggestProvider(parseRegistryAddress(address), descriptors)?.id,
    ).toBe(id);
  });

  it('does not depend on the order of the providers', () => {
    const address = parseRegistryAddress('a.cn-hangzhou.cr.aliyuncs.com');
    expect(suggestProvider(address, [...descriptors].reverse())?.id).toBe(
      'aliyun-enterprise',
    );
  });
});
