"""From what one sentence asserts to real-world events: frames, reports, and the merge of all articles' reports.

`rates` knows the reference rates, `compare` when two values say the same, `cluster` which reports tell of one event,
`policy` which of several values an event takes, and `merge` puts these together.
"""
