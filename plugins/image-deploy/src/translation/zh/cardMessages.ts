import { cardMessages as english } from '../cardMessages';

export const cardMessages: Record<keyof typeof english, string> = {
  'overview.title': '部署情况',
  'overview.open': '打开部署',
  'overview.loadFailed': '无法加载运行状态',
  'overview.none': '未找到工作负载',
  'overview.where': '{{workload}} · {{container}}',
  'overview.down': '集群 {{cluster}} 无响应',
};
