# What is wrong with a record of the registers of chambers and referrers.
fault-name-taken = The register has this name already; if it is the same one, please change that record.
fault-chamber-evidence-stays = The federation confirmed figures of this chamber, which stay its own. Set it inactive instead; to merge it all the same, the federation revokes the confirmation first.
fault-source-in-use = Leads or users still name this record, or something is entered of it, so it stays. If it is there twice, merge it into the other one; if it is out of use, set it inactive.
fault-same-record = A record cannot be merged into itself; please choose another one.
fault-other-region = This belongs to another county; you can only read it.

# Doing something with a record of either register.
register-added = Added to the register.
register-saved = Saved.
register-merged = Merged; all leads now name this record.
register-merge = Merge
register-merge-text = If “{ $name }” and another record are one and the same, merge it into that one: its leads (you see { $count }) will name that record, and this one is deleted. This cannot be undone.
register-merge-into = Merge into
register-merge-hint = Type a name or code and choose from the list.
register-merge-do = Merge and delete this one
register-delete = Delete
register-delete-text = No lead, later report or user names “{ $name }”, so it can be deleted. This cannot be undone.
register-delete-named = Leads, later reports or users still name “{ $name }” ({ $count ->
   [one] you see 1 lead
  *[other] you see { $count } leads
  }), so it cannot be deleted.
register-delete-instead = If it is there twice, merge it into the other one; if it is out of use, edit it and say so.
register-delete-do = Delete for good
register-deleted = Deleted.
register-reveal = Show the phone
register-back = Back to the record
