"""Pictures of a map: SVG first, PNG from it, and picture tiles."""
