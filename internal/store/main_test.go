package store

import goflag "flag"

var update = goflag.Bool("update", false, "write the schemas into testdata")
