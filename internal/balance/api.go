// Package balance reads the ledger: 51/49, 90/10 and whose move it is.
package balance

import (
	"time"

	"ninetyten/internal/sales"
)

// Band is the balance in a word.
type Band string

// The bands.
const (
	Unknown   Band = "unknown"
	Chasing   Band = "chasing"
	Courting  Band = "courting"
	LeaningIn Band = "leaning_in"
)

// Line is one move and what it weighs today.
type Line struct {
	Move   sales.Move
	Side   sales.Actor // seller or buyer
	Weight float64     // minutes after decay
}

// Balance is the 51/49.
type Balance struct {
	SellerMinutes, BuyerMinutes float64
	Share                       float64 // of the buyer, 0..1; 0 when unknown
	Band                        Band
	N                           int // moves that counted
	Lines                       []Line
}

// Compute is the balance at now.
func Compute(moves []sales.Move, now time.Time) Balance { return Balance{Band: Unknown} }

// WhoseMove tells who owes the next step.
func WhoseMove(moves []sales.Move, now time.Time) (side sales.MoveSide, since time.Time, why string) {
	return sales.OurMove, time.Time{}, ""
}

// Effort is what the writer of the ledger puts into Move.Minutes and Move.Asks.
func Effort(kind sales.MoveKind) (side sales.Actor, minutes float64, asks bool) {
	return sales.BySeller, 0, false
}

// NinetyTen is the minutes that the system saved against human minutes.
func NinetyTen(moves []sales.Move) (systemMinutes, humanMinutes float64) { return 0, 0 }

// Formula is the formula in words.
func Formula() string { return "" }
