# Search.
search-title = Search
search-title-of = Search: { $q }
search-do = Search
search-narrow = Narrow down
search-narrowed = Narrow down ({ $count } set)
search-count = { $count ->
   [one] 1 lead
  *[other] { $count } leads
  }
search-took = in { $ms } ms
search-approximate = Few match exactly; similar spellings, same sounds and synonyms are listed too.
search-stale = What was entered just now can be found in a few seconds.
search-from-database = The search engine does not answer. These are the leads whose title, investor or code hold the words as typed.
search-none = Nothing found
search-none-text = Type fewer characters, try pinyin, or take away a filter.
search-none-yet = Nothing yet; type a little more
search-all = { $count ->
   [one] See the one result
  *[other] See all { $count } results
  }
search-fault = Search is not available now
search-fault-text = Nothing is lost. You can filter the list of leads meanwhile.
search-fault-way = To the list of leads
facet-unset = take away
found-in-uscc = Credit code
found-in-contact_name = Contact
found-in-content = What is planned
found-in-follow_ups = Follow-ups
found-in-chamber_follow_ups = Follow-ups
found-in-remark = Remark
search-help = How to search
search-try-part = 小橘灯
search-help-part = A few characters of the name are enough.
search-try-words = 灵山 毛绒
search-help-words = Words apart by spaces must all be there.
search-try-pinyin = maorong
search-help-pinyin = Pinyin, without changing the keyboard.
search-try-initials = xjd
search-help-initials = The first letters of the pinyin.
search-try-code = 000123
search-help-code = A part of the lead's code or the credit code.
search-try-person = 林总
search-help-person = The contact's name. Phone numbers are not searched; use the duplicate check.
