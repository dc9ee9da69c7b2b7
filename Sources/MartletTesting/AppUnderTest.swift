// See the next commit.
