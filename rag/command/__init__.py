"""Parts of the `presstime` command: shared options, printing, watching."""
