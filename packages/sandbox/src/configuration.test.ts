import { readConfiguration } from './configuration';

describe('readConfiguration', () => {
  it('fills in the ports of a development portal, on loopback', () => {
    expect(readConfiguration({ directory: '.data/sandbox' })).toMatchObject({
      directory: '.data/sandbox',
      control: { host: '127.0.0.1', port: 7008 },
      registry: { host: '127.0.0.1', port: 5001, behavior: '3', seed: true },
      kubernetes: { host: '127.0.0.1', port: 6444 },
    });
  });

  it('takes what ./run start writes', () => {
    const written = {
      directory: '/data/sandbox',
      control: { port: 17008 },
      registry: {
        port: 15001,
        webhook: { url: 'http://localhost:17007/hook', secret: 'shared' },
      },
      kubernetes: { port: 16444, token: 'deploy' },
      vendors: { port: 17009 },
    };
    expect(readConfiguration(written)).toMatchObject(written);
  });

  it.each(['control', 'registry', 'kubernetes', 'vendors'])(
    'binds %s to another address only when told',
    part => {
      const open = { directory: 'd', [part]: { host: '0.0.0.0' } };
      expect(() => readConfiguration(open)).toThrow(
        `${part}.host: '0.0.0.0' is not a loopback address`,
      );
      expect(() =>
        readConfiguration({ ...open, allowRemote: true }),
      ).not.toThrow();
    },
  );

  it.each([
    ['an unknown field', { directory: 'd', registry: { prot: 1 } }, 'prot'],
    [
      'a wrong port',
      { directory: 'd', control: { port: 70000 } },
      'control.port',
    ],
    ['a directory that is none', { directory: '' }, 'directory'],
    [
      'a webhook that is no web address',
      { directory: 'd', registry: { webhook: { url: 'file:///x' } } },
      'registry.webhook.url',
    ],
  ])('names %s', (_, value, field) => {
    expect(() => readConfiguration(value)).toThrow(field);
  });
});
