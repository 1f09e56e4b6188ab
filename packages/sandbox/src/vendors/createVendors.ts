import { SimulatedAlibabaAcr } from './alibaba-acr';
import { SimulatedEcr } from './amazon-ecr';
import { SimulatedAzureAcr } from './azure-acr';
import { SimulatedDockerHub } from './docker-hub';
import { SimulatedGithub } from './github';
import { SimulatedGitlab } from './gitlab';
import { SimulatedArtifactRegistry } from './google-artifact-registry';
import { SimulatedHarbor } from './harbor';
import { SimulatedHuaweiSwr } from './huawei-swr';
import { SimulatedJFrog } from './jfrog';
import { SimulatedNexus } from './nexus';
import { SimulatedGitea, SimulatedZot } from './oci';
import { SimulatedQuay } from './quay';
import { SimulatedVendor } from './SimulatedVendor';
import { SimulatedTencentTcr } from './tencent-tcr';
import { VendorClock } from './VendorClock';

/** Every vendor, seeded, as the development portal gets them. */
export function createVendors(clock = new VendorClock()): SimulatedVendor[] {
  return [
    SimulatedAlibabaAcr.create({ clock }),
    SimulatedAzureAcr.create({ clock }),
    SimulatedDockerHub.create({ clock }),
    SimulatedEcr.create({ clock }),
    SimulatedGithub.create({ clock }),
    SimulatedGitlab.create({ clock }),
    SimulatedArtifactRegistry.create({ clock }),
    SimulatedHarbor.create({ clock }),
    SimulatedHuaweiSwr.create({ clock }),
    SimulatedJFrog.create({ clock }),
    SimulatedNexus.create({ clock }),
    SimulatedQuay.create({ clock }),
    SimulatedTencentTcr.create({ clock }),
    SimulatedGitea.create({ clock }),
    SimulatedZot.create({ clock }),
  ];
}
