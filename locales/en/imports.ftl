# Importing ledgers.
imports-title = Ledger import
imports-under = Use the Excel ledger you have, of leads, projects or chambers: look at the result first; nothing is saved before you confirm.
imports-past = Earlier imports
imports-none = No imports yet
imports-none-text = Try the ledger you work with; a preview changes nothing.
import-file = Ledger file
import-file-hint = .xlsx .xls .ods .csv, at most { $mb } MB.
import-read = Read and preview
import-read-hint = Nothing is saved in this step.
import-rows = { $count ->
   [one] 1 row
  *[other] { $count } rows
  }
import-imported = { $count } imported
import-updated = { $count } updated
import-kind = Which ledger it is
import-kind-hint = When in doubt let the header tell: the preview says which it is, and you can change it.
import-kind-told = Look at the header
import-kind-leads = Ledger of leads
import-kind-projects = Ledger of projects
import-kind-chambers = Register of chambers
import-read-as-leads = Read as a ledger of leads.
import-read-as-projects = Read as the ledger of projects.
import-read-as-chambers = Read as the register of chambers.
import-reread-leads = It is a ledger of leads: read it again
import-reread-projects = It is a ledger of projects: read it again
import-reread-chambers = It is a register of chambers: read it again
import-what-leads = Lead
import-what-projects = Project
import-what-chambers = Chamber
import-how = What can be read
import-how-header = One header row that names the investor, the project or the chamber, and two more known columns. Titles, unit lines and subtotals are passed over.
import-how-columns = County, industry, amounts, dates, stage, source and phone as people write them; “3亿5000万” and “2026.9.2” are understood.
import-how-sheets = Every sheet is read; hidden ones and notes are not, and you are told so.
import-how-same = Companies that are here already are marked as duplicates; you decide.
import-how-rest = Columns that match nothing are kept with the lead.
import-how-rejected = Rows that cannot be read say why; download them, put them right, import again.
import-how-projects = A ledger of projects updates those that are here already (known by code, else by name, investor and county). An empty cell changes nothing, and verified milestones stay.
import-how-chambers = A register of chambers updates those that are here already (known by code, else by name). The present term, president, agreement and recognition become entries; an empty cell and a masked phone change nothing.
import-status-reading = Reading
import-status-previewed = To be confirmed
import-status-applying = Importing
import-status-applied = Imported
import-status-failed = Not read
import-reading = A large file: still reading …
import-applying = Importing …
import-so-far = { $done } of { $count } done
import-may-leave = You may do something else and come back.
import-refresh = See how far it is
import-failed = This file could not be read
import-again = Choose another file
import-error-empty = The file is empty. Choose a ledger: .xlsx, .xls, .ods, .csv or .jsonl.
import-error-not-a-ledger = This is no .xlsx, .xls, .ods, .csv or .jsonl file. Save the ledger as .xlsx in Excel and try again.
import-error-web-page = This is a web page with a table. Open it in Excel, save it as .xlsx and try again.
import-error-protected = The file has a password. Save it as .xlsx without one and try again.
import-error-too-large = The table is too large: a file may hold about 100,000 rows. Split it into several .xlsx files.
import-error-encoding = The text's encoding is not known. Save it as .xlsx with Excel.
import-error-unreadable = The file is broken. Open it in Excel, save a copy as .xlsx and try again.
import-error-no-header = There is no header: one row must name the investor, the project or the chamber, and two more known columns.
import-error-no-more-his = Whoever imported it may not import any more: the remaining rows were left. Let a colleague import the file again; what is here already shows as a duplicate.
import-outcome-new = Can be imported
import-outcome-changed = Changed
import-outcome-duplicate = Duplicate
import-outcome-unchanged = Unchanged
import-outcome-updated = Updated
import-outcome-rejected = Not readable
import-outcome-imported = Imported
import-duplicates = What about duplicates
import-duplicates-none = Leave them all out
import-duplicates-ticked = Import those ticked below
import-duplicates-all = Import them all
import-duplicates-reason = Why they are imported nevertheless
import-duplicates-hint = Such as: second project of the same company. Not needed when they stay out.
import-rejected-stay = { $count ->
   [one] One row cannot be read and stays out.
  *[other] { $count } rows cannot be read and stay out.
  }
import-rejected-download = Download what is not readable
import-rejected-get = Download them with the reasons
import-apply = { $count ->
   [one] Import 1 lead
  *[other] Import { $count } leads
  }
import-apply-duplicates = Import
import-apply-changes = Confirm: { $count } new, { $changed } changed
import-nothing-to-do = There is nothing to write.
import-discard = Discard
import-done = { $count ->
   [one] 1 lead imported
  *[other] { $count } leads imported
  }
import-done-projects = { $count ->
   [one] 1 new project, { $updated } updated
  *[other] { $count } new projects, { $updated } updated
  }
import-done-chambers = { $count ->
   [one] 1 new chamber, { $updated } updated
  *[other] { $count } new chambers, { $updated } updated
  }
import-see-leads = See these leads
import-see-projects = See the new projects
import-see-chambers = See the register
import-another = Import another
import-skipped = { $count ->
   [one] One sheet was not read:
  *[other] { $count } sheets were not read:
  }
import-skipped-hidden = is hidden
import-skipped-no_header = has no header
import-all-rows = All rows
import-no-rows = No such rows
import-row = Row
import-becomes = Result
import-why = Remarks
import-tick = Tick
import-tick-row = Import row { $row }
import-no-name = No name
import-cells = As in the file
import-of-row = Same as row { $row } of this file
import-of-leads = Registered already:
import-of-projects = Just as it is here:
import-of-chambers = Just as it is here:
import-of-hidden = Registered by another unit
import-refused-missing = is empty, and is needed.
import-refused-uscc-length = “{ $word }” has not 18 characters.
import-refused-uscc-character = “{ $word }” has characters that a code never has.
import-refused-uscc-check = “{ $word }” does not check: one character may be wrong.
import-refused-county-elsewhere = “{ $word }” is no county of this city.
import-refused-county-two-places = “{ $word }” names two places; keep one.
import-refused-amount-range = “{ $word }” is a range; write one figure.
import-refused-amount-negative = “{ $word }” is negative.
import-refused-amount-words = “{ $word }” is no figure.
import-refused-amount-foreign = “{ $word }” is in foreign currency; convert it to yuan.
import-refused-amount-too-large = “{ $word }” is too large; check the unit.
import-refused-formula-without-value = The formula has no value; open and save the file in Excel first.
import-refused-error-cell = The cell is the error “{ $word }”.
import-refused-date-impossible = “{ $word }” is no day.
import-refused-date-no-year = “{ $word }” has no year.
import-refused-date-words = “{ $word }” is no date.
import-refused-stage-unknown = “{ $word }” is no known stage.
import-refused-source-unknown = “{ $word }” is no known source.
import-refused-phone-no-digits = “{ $word }” has no number.
import-refused-phone-too-short = “{ $word }” is too short.
import-refused-phone-too-long = “{ $word }” is too long.
import-refused-phone-lost-digits = “{ $word }” has lost its last digits; write it again as text.
import-refused-not-json = This line is no JSON.
import-refused-wrong-type = “{ $word }” is of the wrong type.
import-refused-industry-unknown = “{ $word }” is no known industry.
import-refused-county-not-yours = “{ $word }” is not your county, so you cannot import it.
import-refused-not-in-pool = The project is said not to stand in the pool, and there is a day on which it entered; keep one of them.
fault-not-a-duplicate = Row { $position } is no duplicate of this import.
import-refused-stated-twice = Row { $word } of this file is the same record with other values; keep one of them.
import-refused-word-unknown = “{ $word }” is no word of this column.
import-refused-region-unknown = “{ $word }” is no known place; write it with its province, or a country.
import-refused-unknown = “{ $word }” cannot be read.
import-warning-approximate = “{ $word }” is approximate; kept as this figure.
import-warning-fixed-over-total = exceeds total investment; please check.
import-warning-month-only = “{ $word }” is a month; kept as its first day.
import-warning-before-registration = “{ $word }” lies before registration; please check.
import-warning-source-missing = is not given; kept as own approach.
import-warning-source-unknown = “{ $word }” is not known; kept as own approach, with the word.
import-warning-industry-unknown = “{ $word }” is not known; kept as other, with the word.
import-warning-stage-transfer = “{ $word }” is kept as negotiation; please check who takes it over.
import-warning-stage-project = “{ $word }” is a stage of a project; kept as contract, with the word.
import-warning-same-name = Another company has this name; please check whether it is the same.
import-warning-unread = “{ $word }” was not understood; the word is kept.
import-warning-phone-masked = “{ $word }” is masked; the number is left out.
import-warning-number-left-out = The number behind “{ $word }” is left out: numbers of colleagues are not kept with leads.
import-warning-park-unknown = “{ $word }” is no known park; the word is kept.
import-warning-milestone-verified = The milestone is verified; “{ $word }” is not taken.
import-warning-not-taken = “{ $word }” is not taken; this is changed on the project's page.
import-warning-leader-is-no-user = “{ $word }” is no county leader with an account of this county; the name is kept, and the pool lacks a leader until one is set.
import-warning-not-key = It stands in the pool and is no key project, by its amount or otherwise: its start will not count.
import-warning-not-covered-industry = It stands in the pool and “{ $word }” is no covered industry, nor is it found supporting: its start will not count.
import-warning-other-than-contract = “{ $word }” is another day than the contract's; the contract's day is kept.
import-warning-word-unknown = “{ $word }” is none of the words of this column; it is not taken.
import-warning-calendar-years = “{ $word }” names calendar years; taken as contract years 1, 2, 3 … in this order, please check.
import-warning-left-out = “{ $word }” is left out: the register has no field for it.
import-warning-entry-incomplete = “{ $word }” is not entered: its days or another part are missing.
import-warning-kind-guessed = is not given; kept as “{ $word }”, please check.
imports-applied = { $count ->
    [one] One lead imported.
   *[other] { $count } leads imported.
}
imports-applied-projects = { $count ->
   [one] 1 new project, { $updated } updated.
  *[other] { $count } new projects, { $updated } updated.
  }
imports-applied-chambers = { $count ->
   [one] 1 new chamber, { $updated } updated.
  *[other] { $count } new chambers, { $updated } updated.
  }
imports-discarded = The ledger was discarded; nothing was written.
fault-ledger-empty = The file is empty. Choose a ledger: .xlsx, .xls, .ods, .csv or .jsonl.
fault-ledger-not-a-ledger = This is no .xlsx, .xls, .ods, .csv or .jsonl file. Save the ledger as .xlsx in Excel and try again.
fault-ledger-web-page = This is a web page with a table. Open it in Excel, save it as .xlsx and try again.
fault-ledger-protected = The file has a password. Save it as .xlsx without one and try again.
fault-ledger-too-large = The table is too large: a file may hold about 100,000 rows. Split it into several .xlsx files.
fault-ledger-encoding = The text's encoding is not known. Save it as .xlsx with Excel.
fault-ledger-unreadable = The file is broken. Open it in Excel, save a copy as .xlsx and try again.
fault-ledger-no-header = There is no header: one row must name the investor, the project or the chamber, and two more known columns.
import-rejected-file = not readable
import-reason = Reason
