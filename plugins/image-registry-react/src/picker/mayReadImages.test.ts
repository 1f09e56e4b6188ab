import { mayReadImages } from './mayReadImages';

const provider = (size: boolean) => ({
  capabilities: { catalog: true, pushTime: false, size, search: false },
});

describe('mayReadImages', () => {
  it.each([
    ['https://registry.example.com', provider(false), true],
    ['http://10.2.0.7:5000', provider(false), true],
    ['https://harbor.example.com', provider(true), false],
    ['https://registry-1.docker.io', provider(false), false],
    ['https://docker.io', provider(false), false],
    ['https://registry.example.com', undefined, false],
  ])('%s, %j: %s', (address, descriptor, expected) => {
    expect(mayReadImages({ address }, descriptor)).toBe(expected);
  });
});
