import { AccessReviewer } from './AccessReviewer';
import { ImageTester } from './ImageTester';
import { NamespaceLister } from './NamespaceLister';
import { NodePlatformReader } from './NodePlatformReader';
import { PullAccessReader } from './PullAccessReader';
import { PullSecretKeeper } from './PullSecretKeeper';
import { QuotaReader } from './QuotaReader';
import { WorkloadCreator } from './WorkloadCreator';
import { WorkloadEditor } from './WorkloadEditor';

/** What a driver may offer for the places of an environment. */
export interface PlaceOperations
  extends NamespaceLister,
    NodePlatformReader,
    PullAccessReader,
    PullSecretKeeper,
    AccessReviewer,
    QuotaReader,
    ImageTester,
    WorkloadCreator,
    WorkloadEditor {}
