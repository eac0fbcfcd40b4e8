# Whether an investor is already here.
duplicates-title = Duplicate check
duplicates-under = Before you talk: does somebody already work with this company?
duplicates-name-hint = Full or short name; place and legal form make no difference.
duplicates-ask = Check
duplicates-limit = At most 20 questions an hour; all are logged.
duplicates-found = { $count ->
   [one] One lead is the same or similar
  *[other] { $count } leads are the same or similar
  }
duplicates-first = The first report keeps its date.
duplicates-none = Nothing found: free to register
duplicates-none-text = Neither name, credit code nor phone is here.
duplicates-registered-short = This company is already registered. You may still report it; the bureau answers by
duplicates-registered-next = Your report is kept as a later one.
duplicates-register-anyway = Report nevertheless
duplicate-registered = Already registered; the bureau answers by { $date }.
