"""Other tile servers, one file each: how it is installed, configured, started on the same tables, and asked."""
