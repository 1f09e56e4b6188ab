import { ClusterClient } from '../clusters';
import { sweepTestPulls } from './sweepTestPulls';

it('deletes with the credential that writes in the namespace', async () => {
  const reader = {
    json: async () => ({
      metadata: {},
      items: [{ metadata: { name: 'left', namespace: 'shop' } }],
    }),
    text: jest.fn(),
  };
  const writer = { text: jest.fn(async () => '') };
  const swept = await sweepTestPulls(
    { source: { name: 'eu' }, client: reader as unknown as ClusterClient },
    { writerOf: () => writer as unknown as ClusterClient },
  );
  expect(swept).toBe(1);
  expect(reader.text).not.toHaveBeenCalled();
  expect(writer.text).toHaveBeenCalledWith(
    expect.objectContaining({
      method: 'DELETE',
      path: '/api/v1/namespaces/shop/pods/left',
    }),
  );
});
