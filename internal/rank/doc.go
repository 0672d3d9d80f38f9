// Package rank puts the people who might be served into the order of Next, and
// says why each stands where it does.
//
// The score is a sum of points (Weights, which a workspace can change): how urgent
// what was asked or promised is, how late it is against its goal, how fresh, how
// likely the person is to be reached now (Chance), how much they lean in, what
// their deals are worth, how far they have come, and a pin. Who is held back,
// because of a snooze, a skip, a promise for later or the hours for calls, comes
// last with the moment from which it is served. Day says how much of the order can
// be done well in the hours that are left.
//
// It knows no store, no lease and no clock. What always holds: the order is total
// and does not depend on that of the input; everyone has two or three reasons; with
// the table as it is, somebody interested comes before everybody who is not, but for
// pins.
package rank
