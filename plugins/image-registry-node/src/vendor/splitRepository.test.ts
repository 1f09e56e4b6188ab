import { remedies } from '../provider/remedies';
import { splitRepository } from './splitRepository';

describe('splitRepository', () => {
  const words = {
    title: 'Example',
    place: 'namespace',
    hint: remedies.writeNamespaceName,
  };

  it('keeps all of a nested name', () => {
    expect(splitRepository('team/web/api', words)).toEqual({
      namespace: 'team',
      name: 'web/api',
    });
  });

  it.each(['web', '/web', ''])('knows no repository %j', repository => {
    expect(() => splitRepository(repository, words)).toThrow(
      expect.objectContaining({
        code: 'not-found',
        hint: 'Write namespace/name',
      }),
    );
  });
});
