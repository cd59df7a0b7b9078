"""From a file to a table: bytes, books, sheets, the header and rows of the table in them."""
