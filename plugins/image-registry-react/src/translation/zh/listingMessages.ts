import { listingMessages as english } from '../listingMessages';

export const listingMessages: Record<keyof typeof english, string> = {
  'reason.listing-page-repeated': '镜像仓库重复返回了同一页',
  'reason.listing-entries-repeated': '镜像仓库重复返回了前面页中的条目',
  'reason.listing-page-unread': '有一页无法读取：{{detail}}',
  'reason.listing-changed': '读取期间列表发生了变化',
  'reason.listing-only-first': '只读取了前 {{read}} 个条目',
  'reason.listing-only-first-of': '共 {{total}} 个条目，只读取了前 {{read}} 个',
  'reason.listing-short': '共 {{total}} 个条目，只返回了 {{came}} 个',
  'reason.listing-empty':
    '列表为空；有些镜像仓库即使存有镜像也会这样返回。请手动输入镜像名称，而不是从列表中选择',
  'reason.listing-only-cached':
    '{{repository}} 转发其他镜像仓库的内容，只能列出其中已缓存的镜像',
  'reason.listing-repository-unread': '有一个仓库无法读取：{{detail}}',
  'reason.listing-only-first-repositories':
    '共 {{total}} 个仓库，只查看了前 {{read}} 个；请选择其中一个',
  'reason.listing-said-by-vendor': '{{vendor}} 返回：{{detail}}',
  'reason.listing-not-offered':
    '镜像仓库不提供列表，请手动输入镜像名称（{{detail}}）',
  'reason.listing-not-allowed':
    '此账户无权列出内容，请手动输入镜像名称（{{detail}}）',
  'reason.gitlab-listing-first-projects':
    '只查询了前 {{count}} 个项目；请填写群组或项目',
  'reason.gitlab-listing-forbidden': '该令牌无权列出 {{place}} 的镜像仓库',
  'reason.gitlab-listing-left-out': 'GitLab 遗漏了部分条目',
  'reason.gitlab-listing-no-end': 'GitLab 没有说明从何处继续读取',
  'reason.google-listing-first-repositories':
    '只读取了前 {{count}} 个仓库的镜像；请在命名空间中填写 project/repository',
};
