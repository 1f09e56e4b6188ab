import { proofMessages as english } from '../proofMessages';

export const proofMessages: Record<keyof typeof english, string> = {
  'reason.webhook-secret-wrong': '密钥错误',
  'reason.webhook-secret-missing': '请求未携带密钥',
  'reason.webhook-setting-missing': '此端点缺少验证签名所需的 {{settings}}',
  'reason.webhook-proof-refused': '请求未能证明身份：{{said}}',
  'reason.sns-raw-delivery':
    'Amazon SNS 的原始消息没有签名；请在订阅中关闭原始消息传递',
  'reason.sns-other-topic': '消息来自 {{sent}}，而不是 {{expected}}',
  'reason.sns-no-topic': '消息没有写明主题；应为 {{expected}}',
  'reason.sns-signature-version': 'SignatureVersion 既不是 1 也不是 2',
  'reason.sns-signature-differs': '消息的签名不匹配',
  'reason.sns-type-unsigned': 'Amazon SNS 不会为此 Type 的消息签名',
  'reason.sns-certificate-elsewhere': 'SigningCertURL 不是 Amazon SNS 的地址',
  'reason.sns-certificate-unreadable': 'SigningCertURL 返回的内容不是证书',
  'reason.sns-certificate-not-valid': '签名证书目前无效',
  'reason.google-token-missing': '请求未携带令牌；请在推送订阅中启用身份验证',
  'reason.google-token-of-other': '令牌不属于服务账号 {{serviceAccount}}',
  'reason.google-token-for-other': '令牌的受众不是 {{audience}}',
  'reason.google-token-claim': '令牌的声明 {{claim}} 不符合要求',
  'reason.google-token-expired': '令牌已过期',
  'reason.google-token-unsigned': '令牌不是由 Google 签发的',
};
