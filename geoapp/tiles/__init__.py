"""Vector tiles: addresses, cutting, and the shelf on which finished ones lie."""
