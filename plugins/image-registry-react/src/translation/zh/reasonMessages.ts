import { reasonMessages as english } from '../reasonMessages';

export const reasonMessages: Record<keyof typeof english, string> = {
  'reason.reference-empty': '镜像引用为空。',
};
