# What was just done to a lead, said once on the next page.
lead-registered = Registered.
lead-saved = Saved.
lead-moved = The stage is changed.
lead-closed-now = Closed.
lead-reopened = Reopened.
lead-held = Put on hold.
lead-resumed = Resumed.
lead-assigned = Assigned.
lead-deleted = Deleted; it can be restored here.
lead-restored = Restored.
lead-merged-now = Merged; the work goes on here.
follow-up-recorded = The follow-up is recorded.
lead-title-of = { $investor }项目
unit-bureau = City bureau
fault-stale-form = Somebody changed this lead while you were filling this in. Look at it as it is now, then send it again.
fault-not-your-county = You register leads of your own county only.
contact-reveal-field = Which one
