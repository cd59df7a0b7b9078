"""From a batch to public maps: releases, aggregates, plans, and rates made of published parts."""
