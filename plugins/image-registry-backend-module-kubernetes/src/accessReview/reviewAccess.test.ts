import { ClusterClient } from '../clusters';
import { reviewAccess } from './reviewAccess';

const place = { cluster: 'eu', namespace: 'shop' };

/** A credential that may do these things to Deployments and others. */
function credential(...allowedVerbs: string[]): ClusterClient {
  const json = async ({ content }: { content?: object }) => {
    const { spec } = content as {
      spec?: { resourceAttributes: { verb: string } };
    };
    return spec
      ? {
          status: {
            allowed: allowedVerbs.includes(spec.resourceAttributes.verb),
          },
        }
      : { status: { userInfo: { username: 'portal' } } };
  };
  return { json } as unknown as ClusterClient;
}

const review = (clients: { reader: ClusterClient; writer: ClusterClient }) =>
  reviewAccess(clients, place, { purposes: ['deploy'] });

describe('the access that a deploy needs', () => {
  it('is to write, for a credential that reads as well', async () => {
    const both = credential('patch');
    const { purposes } = await review({ reader: both, writer: both });
    expect(purposes).toEqual([{ purpose: 'deploy', ok: true, missing: [] }]);
  });

  it('is to read what it writes, too, for one that only deploys', async () => {
    const reader = credential('get');
    const { purposes, role } = await review({
      reader,
      writer: credential('patch'),
    });
    expect(purposes[0].missing).toContainEqual({
      group: 'apps',
      resource: 'deployments',
      verb: 'get',
    });
    expect(role).toContain('- get');
    const whole = await review({ reader, writer: credential('get', 'patch') });
    expect(whole.purposes[0].ok).toBe(true);
  });
});
