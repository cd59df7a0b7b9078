"""Layer kinds: each module with a ``NAME`` and a ``decide`` turns figures into plans; pure, paints nothing."""
