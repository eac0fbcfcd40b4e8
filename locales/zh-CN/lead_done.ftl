# What was just done to a lead, said once on the next page.
lead-registered = 已登记。
lead-saved = 已保存。
lead-moved = 阶段已更新。
lead-closed-now = 已终止。
lead-reopened = 已重新启用。
lead-held = 已暂缓。
lead-resumed = 已恢复跟进。
lead-assigned = 已分派。
lead-deleted = 已删除，可在此恢复。
lead-restored = 已恢复。
lead-merged-now = 已合并，以后在这一条上推进。
follow-up-recorded = 跟进已记录。
lead-title-of = { $investor }项目
unit-bureau = 市局
fault-stale-form = 您填写时，这条线索已被他人更新。请看一眼现在的内容，再提交一次。
fault-not-your-county = 只能登记本县区的线索。
contact-reveal-field = 看哪一项
