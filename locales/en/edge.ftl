# What is wrong with a request as a whole: `fault-<code>` of web/.
fault-role = Your role does not do this.
fault-other-site = This request came from another site and was refused.
fault-wrong-form = What was sent cannot be read. Go back and fill it in again.
fault-not-json = This is no valid JSON.
fault-unknown-parameter = There is no such parameter.
fault-not-a-flag = Please write true or false.
fault-not-a-time = Please write the time as 2026-11-23 09:30.
fault-not-an-amount = Please write the amount as a number, such as 1234.5.
fault-not-a-cursor = This page mark is no longer valid; begin at the first page.
fault-limit-range = A page has 1 to 200 rows.
fault-repeat-under-way = The same request is being worked on; please wait a moment.
fault-key-of-another-request = This Idempotency-Key belongs to another request.
fault-upload-limit = At most { $mb } MB.
fault-bad-request = The request cannot be understood.
fault-date-in-past = The day cannot be in the past.
fault-not-a-form = What was sent cannot be read. Go back and choose the file again.
export-watermark = Exported by { $name } at { $at }, for: { $reason }
