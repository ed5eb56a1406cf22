"""Exit codes that commands return themselves; errors bring their own (`aifund.errors`)."""

COMPLETE, SOME_UNREADABLE, DIFFERENT, BAD_RULES = 0, 3, 4, 5
