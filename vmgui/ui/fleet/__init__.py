"""All hosts at a glance: the page that is shown when nothing is selected."""
