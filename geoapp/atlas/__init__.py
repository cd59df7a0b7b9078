"""Reading: one question in, one page out; every door asks here, so all of them show the same."""
