// Package e2e holds the journeys through the whole product: the program as a
// value on a free port, real Postfix and Dovecot, and a real browser that does
// what a person does. It owns no code that others use and knows nothing of the
// inside of a page but what a person or a screen reader sees of it.
//
// What always holds: every wait has a deadline and ends with the event, and
// every picture that a run takes goes into the folder of the variable ARTIFACTS.
package e2e
