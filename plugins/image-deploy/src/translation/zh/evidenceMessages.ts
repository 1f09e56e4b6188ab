import { evidenceMessages as english } from '../evidenceMessages';

export const evidenceMessages: Record<keyof typeof english, string> = {
  'evidence.open': '日志',
  'evidence.title': '失败时留下的信息',
  'evidence.subtitle': '记录于 {{time}}，保留时间有限',
  'evidence.logOf': '{{pod}} · {{container}} 的日志',
  'evidence.logBefore': '{{pod}} · {{container}} 上次重启之前的日志',
  'evidence.events': '事件',
  'evidence.event': '{{kind}} {{name}} · {{reason}} · {{times}} 次',
  'evidence.pullMessages': '关于镜像的消息',
  'evidence.truncated': '较早的日志和事件已省略。',
  'evidence.empty': '没有留下日志或事件：Pod 尚未启动，或无法读取。',
  'evidence.loadFailed': '无法读取失败时留下的信息',
};
