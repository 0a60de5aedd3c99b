"""The local page: server-rendered, no build step, no network, an article never more than text."""
