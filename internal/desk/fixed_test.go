package desk_test

import (
	"time"

	"ninetyten/internal/store/storetest"
)

type fixed struct{}

func (fixed) Now() time.Time { return storetest.Now }
