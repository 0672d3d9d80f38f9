// Package calendar finds the next moment at which a mail or a call may go: the
// windows of a week in the person's zone, public holidays of the person's country
// and of the part of it, days off that the workspace knows of, delays counted in
// working days, and the pace of a mailbox. It reads days off out of iCalendar
// files, too: own code, because of the libraries that can be had one panics on
// malformed lines and the other has no bound on a rule that gives nothing.
//
// It knows no sequence, no mailbox state and no clock: every function takes the
// time. What always holds: a moment that Next gives is allowed, is not before
// the time asked about, and none between the two is allowed; nothing loops
// without a bound; daylight saving is handled by the zone's own periods, so a
// window that a clock change cuts off is shorter that day, and one that is
// repeated is open twice.
package calendar
