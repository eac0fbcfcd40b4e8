# The register of chambers, and what both registers share.
chambers-title = Chambers
chambers-under = Where leads come from. New names of an import wait under To review.
chambers-new = New chamber
chambers-tab-all = All
chambers-filter-q = Name
chambers-none = No chambers yet
chambers-none-text = Register one, and leads can name it.
chambers-none-found = No chamber matches
chamber-name = Chamber
chamber-kind = Kind
chamber-kind-local = Local chamber
chamber-kind-other_city = Chamber in another city
chamber-kind-industry = Industry association
chamber-kind-abroad = Chamber abroad
chamber-review-what = This name came with a ledger. Check it and set it to “In use”; merge a double into the other one.
register-edit = Edit
register-region = Place
register-region-hint = Such as 广东省东莞市.
register-contact_person = Contact
register-phone = Phone
register-note = Note
register-leads = Leads
register-leads-count = { $count ->
   [one] 1 lead
  *[other] { $count } leads
  }
register-status-active = In use
register-status-review = To review
register-status-inactive = Out of use
register-status-hint = Out of use, it is no longer offered; its leads stay.
