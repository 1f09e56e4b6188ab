import { WorkloadPlan } from '../api/workloads';
import { isMadeFromImage } from './isMadeFromImage';
import { workloadManifests } from './workloadManifests';

const plan: WorkloadPlan = {
  name: 'basket',
  owner: 'group:default/shop',
  place: { cluster: 'eu', namespace: 'shop' },
  image: { registryId: 'hub', repository: 'shop/basket' },
  replicas: 1,
  ports: [],
  env: [],
  volumes: [],
  service: false,
};
const entityRef = 'component:default/basket';
const [{ metadata }] = workloadManifests(plan, { image: 'a:1', entityRef });

describe('isMadeFromImage', () => {
  it('knows what a plan makes, for its component', () => {
    expect(isMadeFromImage(metadata, entityRef)).toBe(true);
    expect(isMadeFromImage(metadata, 'component:default/cart')).toBe(false);
  });

  it('knows what Helm made and somebody gave the annotation', () => {
    const labels = { 'app.kubernetes.io/managed-by': 'Helm' };
    expect(isMadeFromImage({ ...metadata, labels }, entityRef)).toBe(false);
  });
});
