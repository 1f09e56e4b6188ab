import { NotFoundError } from '@backstage/errors';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { clusterReason } from './clusterReason';

describe('clusterReason', () => {
  it.each([
    [
      new DriverError(
        'invalid',
        'Cluster eu: pods "web" is forbidden: unable to create new content in namespace shop because it is being terminated',
      ),
      { code: 'namespace-terminating', params: { namespace: 'shop' } },
    ],
    [
      new DriverError(
        'not-found',
        'Deployment shop/web has no container "web"',
      ),
      { code: 'target-gone' },
    ],
    [new NotFoundError('No such target'), { code: 'target-gone' }],
    [
      new DriverError('forbidden', 'Cluster eu: may not patch deployments'),
      { code: 'forbidden', message: 'Cluster eu: may not patch deployments' },
    ],
  ])('of %s', (error, reason) => {
    expect(clusterReason(error)).toMatchObject(reason);
  });
});
