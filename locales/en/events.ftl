# Promotion and matchmaking events, resident campaigns: who was to come, who came, what came of it.
events-title = Events
events-under = Promotion and matchmaking events and resident campaigns: who came, what leads came of it, what it cost and what became of it.
events-under-own = Events of the city and its counties. Sign members of your chamber up here.
events-new = Add an event
events-none = No events yet
events-none-text = Enter its day and place first, then who is invited; guests check in with their phones.
events-none-found = No event matches
events-only-chamber = Only events that this chamber holds, too.
events-event_title = Title
events-kind = Kind
events-kind-promotion = Promotion event
events-kind-matchmaking = Matchmaking event
events-kind-campaign = Resident campaign
events-county = Whose event
events-citys = The city
events-place = Place
events-days = Days
events-from_on = First day
events-to_on = Last day
events-to_on-hint = Left empty, it is one day.
events-host_chamber_id = Held together with
events-host-hint = The chamber that holds it with bureau or county, if there is one.
events-programme = Programme
events-cost_fen = Cost
events-outcome = What became of it
events-status = State
events-status-planned = Planned
events-status-held = Held
events-status-cancelled = Cancelled
events-cancellation_reason = Why it is cancelled
events-cancelled-why = This event is cancelled.
events-attended = Came / listed
events-attended-own = Members of ours: came / listed
events-results = What came of it
events-lead-new = Register a lead of it
events-leads = Leads
events-by-stage = The leads by stage
events-projects = Projects
events-contract_investment = Contracted investment
events-signed = { $count ->
    [one] 1 signed project
   *[other] { $count } signed projects
  }
events-delete-text = Delete “{ $name }”. Nobody is on its list and no lead came of it. This cannot be undone.

# Who was to come.
attendees-title = Invited and came
attendees-own = Members of our chamber
attendees-q = Name or company
attendees-none = Nobody is on the list yet.
attendees-none-own = You have signed nobody up yet.
attendees-none-found = Nobody on the list matches
attendee-add = Add somebody
attendee-sign-up = Sign a member up
attendee-another = Save, then the next one
attendee-added = { $name } is on the list.
attendees-added = { $count ->
    [0] All of them were on the list already.
    [one] 1 person is on the list.
   *[other] { $count } people are on the list.
  }
attendee-list-more = Many at once
attendee-list = The list
attendee-list-hint = One a line: name, company, post, apart by a comma or as copied out of a spreadsheet. Who is on the list already is left out.
attendee-name = Name
attendee-company = Company
attendee-post = Post
attendee-chamber_id = Chamber
attendee-chamber-hint = Whose member it is, if of a chamber.
attendee-attended_at = Came
attendee-by-code = With the code
attendee-uninvited = Not invited
attendee-do = What to do
attendee-mark = Came
attendee-marked = { $name }: marked as having come.
attendee-unmark = Take back
attendee-unmarked = { $name }: no longer marked as having come.
attendee-remove = Take off the list
attendee-withdraw = Withdraw
attendee-remove-text = Take { $name } off the list of this event?
attendee-remove-do = Take off
attendee-removed = { $name } is off the list.

# The door.
check-in-part = Check-in by code
check-in-print = Print the code
check-in-code = QR code of the check-in
check-in-what = Guests scan the code and enter their name; whoever is on the list is marked, others are added. Nobody is shown the list.
check-in-door-open = Open today.
check-in-door-early = It opens on the first day.
check-in-door-over = The event is over; it is closed.
check-in-door-cancelled = The event is cancelled; it is closed.
check-in-renew = Make a new code
check-in-renew-hint = The code that was printed then opens nothing any more.
check-in-renewed = There is a new code. Please print it again.
check-in-scan = Please scan to check in
check-in-title = Check-in
check-in-do = Check in
check-in-company-hint = As on your card; leave it empty if there is none.
check-in-privacy = Name and company are kept by the organiser of this event to know who came, and for nothing else.
check-in-thanks = Thank you, { $name }!
check-in-done = You are checked in. You can close this page.
check-in-closed-early = Check-in opens on the first day of the event.
check-in-closed-over = The event is over, check-in is closed.
check-in-closed-cancelled = The event was cancelled.

# The source of a lead.
source-event-none = No event
leads-only-event = Only leads that came of this event.
projects-only-event = Only projects that came of this event.

act-event-create = Added an event
act-event-update = Edited an event
act-event-delete = Deleted an event
act-event-check-in-key = Made a new check-in code
act-event-invite = Put somebody on an event's list
act-event-withdraw = Took somebody off an event's list
act-event-attend = Marked that somebody came
act-event-guest = A guest who was not on the list checked in
act-event-unattend = Took back that somebody came
fault-attendee-line = Line { $line } is wrong: name, company and post are wanted, and nothing else.
fault-too-many-lines = At most { $max } lines at once, please.
fault-unknown-event = There is no such event; please choose one, or add the event first.
fault-event-not-cancelled = A reason belongs to a cancelled event; please set the state, or empty the reason.
fault-event-not-begun = It has not begun yet.
fault-event-cancelled = The event is cancelled.
fault-event-in-use = Somebody is on its list, or leads or projects came of it, so it cannot be deleted. An event that does not take place is cancelled: edit it and set the state.
fault-check-in-busy = Many people are checking in. Please wait a minute and try again, or ask at the desk.
fault-attendee-listed = This person of this company is on the list already; if it is a namesake, please add the department to the company.
fault-event-full = The list is full. Please speak to the organiser.
fault-sign-up-closed = Sign-up is closed: the event was held or is over.
fault-attendee-attended = This person came. Take that back first.
fault-check-in-closed = Check-in is open on the days of the event only.
