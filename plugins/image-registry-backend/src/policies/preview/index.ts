export { PolicyPreviewer } from './PolicyPreviewer';
export { TagHistories } from './TagHistories';
