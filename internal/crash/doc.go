// Package crash proves what survives: its tests run the real program, kill it
// with SIGKILL at named points and at random moments, on both databases and on
// several nodes, while the mail servers that it talks to live in the test, count
// every mail that they accept, and have buyers who answer.
//
// What always holds: no mail is accepted twice; none is lost: each went out, or
// is shown as unknown because a kill caught it on its way; nothing goes to
// somebody whose answer lay in the mailbox; every answer is recorded once.
//
// CRASH_KILLS=200 is the number of random kills (default 12), CRASH_SEED the
// seed of the buyers and of the moments.
package crash
