"""From files to articles: their text as it stands, the zones of the page, and which articles are copies."""
