"""The Performance tab of machines and hosts: graphs from minutes to a month."""
