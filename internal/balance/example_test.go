package balance_test

import (
	"fmt"
	"time"

	"ninetyten/internal/balance"
	"ninetyten/internal/sales"
)

func ExampleCompute() {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	moves := []sales.Move{
		{ID: 1, At: now.AddDate(0, 0, -30), Actor: sales.BySystem, Kind: sales.MoveMailAuto},
		{ID: 2, At: now.AddDate(0, 0, -1), Actor: sales.ByBuyer, Kind: sales.MoveQuestion},
	}
	b := balance.Compute(moves, now)
	side, since, why := balance.WhoseMove(moves, now)
	fmt.Printf("%.0f %% %s\n", 100*b.Share, b.Band)
	fmt.Println(side, since.Format(time.DateOnly), why)
	// Output:
	// 97 % leaning_in
	// ours 2026-11-23 they asked something
}
