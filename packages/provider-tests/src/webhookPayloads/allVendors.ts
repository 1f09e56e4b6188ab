import { alibabaAcr } from './alibabaAcr';
import { amazonEcr } from './amazonEcr';
import { azureAcr } from './azureAcr';
import { distribution } from './distribution';
import { dockerHub } from './dockerHub';
import { github } from './github';
import { gitlab } from './gitlab';
import { googleArtifactRegistry } from './googleArtifactRegistry';
import { harbor } from './harbor';
import { huaweiSwr } from './huaweiSwr';
import { jfrog } from './jfrog';
import { nexus } from './nexus';
import { quay } from './quay';
import { tencentTcr } from './tencentTcr';
import { VendorPayloads } from './VendorPayloads';

/** All kinds of registries that send webhooks. */
export const vendorPayloads: readonly VendorPayloads[] = [
  alibabaAcr,
  amazonEcr,
  azureAcr,
  distribution,
  dockerHub,
  github,
  gitlab,
  googleArtifactRegistry,
  harbor,
  huaweiSwr,
  jfrog,
  nexus,
  quay,
  tencentTcr,
];
