// Package rank puts the people who might be served into the order of Next, and
// says why each stands where it does.
//
// The score is a sum of points (Weights): how urgent what was asked or promised
// is, how late it is against its goal, how fresh, whether the person can be
// reached now, and how much the person leans in. Who is held back, because of a
// snooze, a promise for later or the hours for calls, comes last with the moment
// from which it is served.
//
// It knows no store, no lease and no clock. What always holds: the same input
// gives the same order, whatever order it came in; somebody interested is served
// before everybody who is not; everyone has two or three reasons.
package rank
