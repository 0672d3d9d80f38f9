// Package invariants proves by experiment that the machinery is exact. It lets
// whole years pass over the real store, runner, intake and desk, with a mail
// server, people and a clock of its own, while replies, bounces, edits, absences,
// crashes and changes of the clock come at random moments, and it looks after
// every step whether what must always hold does hold.
//
// The judge is a model of its own: it keeps its own books of what was handed to
// the mail server and of what people commanded, and it works out windows, gaps and
// caps with its own simple code. It never asks the send gate, so a mistake there
// cannot excuse itself. Of the product it reads only where enrollments stand.
//
// What must always hold:
//   - no step of an enrollment reaches its person twice;
//   - nothing of a sequence goes after a stop, while it is held, to an address on
//     the suppression list, or after an answer that had arrived in the mailbox;
//   - nothing goes outside the hours, on a free day, under the gap, or over a cap:
//     of the mailbox (an hour, a day, seven days, its ramp), of a recipient domain
//     and of an account (a day), of automatic mails, of active people at an account;
//   - a person gets one text of a step, whole, and a mailbox that the guard or a
//     policy stopped sends nothing until a person lets it;
//   - every enrollment has ended or says what it waits for, and when nobody
//     interferes any more, every enrollment ends.
//
// A world is made from its seed alone, so whatever fails can be seen again. Seeds
// that once failed are kept in testdata/seeds and run by a test.
package invariants
