"""The database: tables, statements in ``sql/``, migrations, and what reads and writes them."""
