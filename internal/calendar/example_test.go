package calendar_test

import (
	"fmt"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

func ExampleCalendar_Next() {
	c := calendar.For(sales.DefaultSettings())
	p := calendar.Resolve("", "PT", "Europe/Lisbon", "", "Europe/Berlin", "UTC")
	friday := time.Date(2026, 11, 27, 18, 0, 0, 0, time.UTC)
	at, why := c.Next(friday, p)
	fmt.Println(at.Format(time.RFC3339))
	fmt.Println(why, "(zone of the "+p.From+")")
	// Output:
	// 2026-11-30T08:30:00Z
	// outside the hours: Mon 08:30 in Europe/Lisbon (zone of the account)
}
