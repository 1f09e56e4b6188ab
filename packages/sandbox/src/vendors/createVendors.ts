import { SimulatedEcr } from './amazon-ecr';
import { SimulatedDockerHub } from './docker-hub';
import { SimulatedGithub } from './github';
import { SimulatedGitlab } from './gitlab';
import { SimulatedArtifactRegistry } from './google-artifact-registry';
import { SimulatedHarbor } from './harbor';
import { SimulatedQuay } from './quay';
import { SimulatedVendor } from './SimulatedVendor';
import { VendorClock } from './VendorClock';

/** Every vendor, seeded, as the development portal gets them. */
export function createVendors(clock = new VendorClock()): SimulatedVendor[] {
  return [
    SimulatedDockerHub.create({ clock }),
    SimulatedEcr.create({ clock }),
    SimulatedGithub.create({ clock }),
    SimulatedGitlab.create({ clock }),
    SimulatedArtifactRegistry.create({ clock }),
    SimulatedHarbor.create({ clock }),
    SimulatedQuay.create({ clock }),
  ];
}
