import { ruleReasonMessages as english } from '../ruleReasonMessages';

export const ruleReasonMessages: Record<keyof typeof english, string> = {
  'reason.tag-is-listed': '属于 {{tags}}',
  'reason.tag-is-not-listed': '不属于 {{tags}}',
  'reason.tag-excluded': '被 {{filter}} 排除',
  'reason.tag-not-included': '不在 {{filters}} 包含的范围内',
  'reason.tag-taken': '接受任何 Tag',
  'reason.key-differs': '不完整匹配 {{pattern}}，因此没有可比较的内容',
  'reason.key-empty': 'Tag 中用于比较的部分为空',
  'reason.number-read': '含有可比较的数字',
  'reason.number-unreadable': '用于比较的内容不是数字',
  'reason.text-ordered': '在排序中有位置',
  'reason.calendar-matches': '是符合 {{format}} 的版本',
  'reason.calendar-differs': '不是符合 {{format}} 的版本',
  'reason.platform-missing': '没有适用于 {{platforms}} 的镜像',
  'reason.platforms-unknown': '尚不知道 {{tag}} 支持哪些平台',
  'reason.listing-shrunk':
    '之前有 {{before}} 个 Tag，现在只有 {{now}} 个；确认之前不会选择任何 Tag',
  'reason.created-times-unknown': '不知道 {{tag}} 的构建时间，它可能是最新的',
  'reason.push-order-later': '{{tag}} 排在 {{head}} 之后',
  'reason.push-order-earlier': '{{tag}} 排在 {{head}} 之前',
  'reason.push-order-equal': '{{tag}} 与 {{head}} 位置相同，优先采用后者的写法',
  'reason.push-created-later': '{{tag}} 的构建晚于 {{head}}',
  'reason.push-created-earlier': '{{tag}} 的构建早于 {{head}}',
  'reason.push-created-unknown':
    '不知道 {{tag}} 的构建时间，因此不视为比 {{head}} 新',
  'reason.push-head-created-unknown':
    '不知道 {{head}} 的构建时间，因此无法判断 {{tag}} 是否更新',
  'reason.rule-invalid-platform': '“{{platform}}”不是 linux/amd64 之类的平台',
  'reason.rule-empty-list': '列表中没有 Tag',
  'reason.rule-invalid-format': '无法识别该格式：{{problem}}',
  'reason.rule-invalid-key': '无法确定要比较的内容：{{problem}}',
  'reason.pattern-looser':
    '{{pattern}} 也会接受 {{example}}；{{instead}} 则不会',
  'reason.pattern-like-glob':
    '{{pattern}} 不接受 {{example}}：在正则表达式中 * 表示重复前面的字符；{{instead}} 则会接受',
  'reason.paste-not-yaml': '无法按 YAML 读取：{{problem}}',
  'reason.paste-not-found': '没有找到以下任何内容：{{expected}}',
  'reason.note-no-equivalent': '此处没有与 {{setting}} 对应的规则',
  'reason.note-any-tag-by-push':
    '原来按事件顺序部署任何 Tag；此处部署最后推送的 Tag，且不接受签名的 Tag',
  'reason.note-prefix-match':
    '{{pattern}} 原来只与 Tag 的开头比较；规则在末尾用 .* 表示',
  'reason.note-never-back': '此处绝不退回更旧的 Tag；原来可能会退回',
  'reason.note-no-event-order': '迟到的旧事件在此处不会触发部署',
  'reason.note-exact-numbers':
    '此处数字是精确的；原来超过 15 位会被舍入，并且一个非数字的 Tag 会使全部失败',
  'reason.note-ties': '比较结果相同的 Tag 在此处总是得到同一答案；原来可能变化',
  'reason.note-prerelease-bound':
    '包含预发布版本时，只写一两个数字的边界也涵盖其预发布版本：此处 2.0.0-rc.1 不算低于 2，1.2.0-rc.1 不算低于 1.2',
  'reason.note-prerelease-alternatives':
    '此处所有备选范围都接受预发布版本；原来只有写明预发布版本的备选范围才接受',
  'reason.note-partial-versions':
    '1.2 之类的 Tag 视为 1.2.0，与原来相同；这类 Tag 经常移动',
  'reason.note-suffix-kept': '只接受以 {{suffix}} 结尾的 Tag，与正在运行的一致',
  'reason.note-fixed-range':
    '范围 {{range}} 由当前运行的 {{tag}} 得出；有人部署其他版本时它不会改变',
  'reason.note-not-version-running':
    '当前运行的 {{tag}} 不是版本号，因此范围接受全部；原来任何 Tag 都会取代 latest',
  'reason.note-needs-version-running':
    '当前运行的 {{tag}} 不是版本号；原来不会有任何 Tag 取代它',
  'reason.note-created-lookup':
    '镜像仓库未提供构建时间时不会选择任何 Tag；原来会忽略没有构建时间的 Tag',
  'reason.note-all-platforms': '此处镜像必须包含全部这些平台；原来有一个即可',
  'reason.note-artifacts-excluded': '此处从不接受签名、证明和 SBOM 的 Tag',
  'reason.note-digest-always': '此处最新 Tag 有新的摘要时总会部署',
  'reason.note-elsewhere': '{{setting}} 不属于规则；请在策略或其环境中设置',
  'reason.note-ignored': '{{setting}} 在此处没有意义',
  'reason.note-text-order':
    '原来数字按文本比较，因此 9 排在 100 之后；此处按数值比较',
  'reason.note-invalid-rule': '其内容不能成为规则：{{problem}}',
  'reason.note-needs-running-tag':
    '{{setting}} 以正在运行的 Tag 为起点，而它未知',
  'reason.note-whole-tag':
    '其文档没有说明表达式是否须匹配整个 Tag；此处必须匹配',
};
