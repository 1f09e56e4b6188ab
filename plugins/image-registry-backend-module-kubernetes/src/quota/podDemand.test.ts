import { podDemand } from './podDemand';

const container = (name: string, requests: object, limits: object = {}) => ({
  name,
  resources: { requests: { ...requests }, limits: { ...limits } },
});

describe('podDemand', () => {
  it('adds containers up and takes the largest init container', () => {
    expect(
      podDemand({
        initContainers: [
          container('migrate', { memory: '1Gi' }),
          container('wait', { cpu: '10m' }),
        ],
        containers: [
          container('web', { cpu: '250m', memory: '128Mi' }),
          container('proxy', {}, { cpu: '500m' }),
        ],
      }),
    ).toEqual({
      pods: '1',
      'count/pods': '1',
      'requests.cpu': '750m',
      cpu: '750m',
      'limits.cpu': '500m',
      'requests.memory': String(1024 ** 3),
      memory: String(1024 ** 3),
    });
  });

  it('counts a pod that asks for nothing', () => {
    expect(podDemand({ containers: [{ name: 'web' }] })).toEqual({
      pods: '1',
      'count/pods': '1',
    });
  });
});
