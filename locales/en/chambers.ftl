# The register of chambers, and what both registers share.
chambers-title = Chambers
chambers-under = Where leads come from. New names of an import wait under To review.
chambers-new = New chamber
chambers-tab-all = All
chambers-tab-expiring = Ends soon
chambers-export = Export
chambers-export-title = Export the register
chambers-export-what = { $count ->
   [one] 1 chamber, with its present term, president, agreement and recognition; in xlsx also its members, in a sheet of their own. Phones are masked; the file can be imported again.
  *[other] { $count } chambers, each with its present term, president, agreement and recognition; in xlsx also its members, in a sheet of their own. Phones are masked; the file can be imported again.
  }
act-chamber-export = Exported chambers
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

# What is entered of a chamber.
chamber-liaisons = Liaisons
chamber-expiring = { $count ->
   [one] 1 entry ends soon
  *[other] { $count } entries end soon
  }
entry-kind-term = Terms
entry-kind-officer = President and other officers
entry-kind-member = Members
entry-kind-agreement = Agreements and memoranda
entry-kind-recognition = “Four-Good” recognition
entry-kind-service_point = Service points
entry-add = Add
entry-add-term = Add a term
entry-add-officer = Add an officer
entry-add-member = Add a member
entry-add-agreement = Add an agreement
entry-add-recognition = Add a recognition
entry-add-service_point = Add a service point
entry-none = Nothing entered yet.
entry-more = More
entry-name-term = Term
entry-name-officer = Name
entry-name-member = Member
entry-name-agreement = Title
entry-name-recognition = Recognised by
entry-name-service_point = Service point
entry-word-officer = Post
entry-word-member = Kind of member
entry-word-agreement = Kind of paper
entry-word-recognition = Label
entry-from_on-term = Term from
entry-to_on-term = Term until
entry-from_on-officer = In the post from
entry-to_on-officer = In the post until
entry-from_on-member = Joined on
entry-to_on-member = Left on
entry-from_on-agreement = Signed on
entry-to_on-agreement = Expires on
entry-from_on-recognition = Recognised on
entry-to_on-recognition = Valid until
entry-from_on-service_point = Open from
entry-to_on-service_point = Open until
entry-party = With whom
entry-address = Address
entry-standing-expiring = Ends soon
entry-standing-ended = Ended
entry-remove = Remove
entry-remove-text = Remove “{ $name }”. This is for what was entered by mistake and cannot be undone.
entry-remove-instead = If it only ended, edit it and enter its last day: it stays as history.
entry-remove-do = Remove for good
act-chamber-entry = Edited an entry of a chamber
fault-entry-has-papers = It has papers; please remove them first.
fault-kind-stays = The kind cannot change; please add another entry.
