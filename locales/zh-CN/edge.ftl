# What is wrong with a request as a whole: `fault-<code>` of web/.
fault-role = 您的岗位不办这件事。
fault-other-site = 这个请求来自别的网站，已拒绝。
fault-wrong-form = 提交的内容读不懂，请返回重新填写。
fault-not-json = 内容不是有效的 JSON。
fault-unknown-parameter = 没有这个参数。
fault-not-a-flag = 请写 true 或 false。
fault-not-a-time = 时间写法不对，例如 2026-11-23 09:30。
fault-not-an-amount = 金额写法不对：请按万元填数字，例如 1234.5。
fault-not-a-cursor = 翻页标记已失效，请从第一页重新查。
fault-limit-range = 每页条数是 1 到 200。
fault-repeat-under-way = 同一个请求正在办理，请稍等。
fault-key-of-another-request = 这个 Idempotency-Key 已用于另一个请求。
fault-upload-limit = 最大 { $mb } MB。
fault-bad-request = 请求读不懂。
fault-date-in-past = 日期不能早于今天。
fault-not-a-form = 提交的内容读不懂，请返回重新选择文件。
export-watermark = 导出人：{ $name }　时间：{ $at }　用途：{ $reason }
