"""One claim and facts -> one verdict: what it takes to judge a claim, and the judging. Pure."""
