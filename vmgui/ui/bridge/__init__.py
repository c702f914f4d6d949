"""Between asyncio and Qt: news of services as batched signals, tasks that end with a widget, dialogs that are awaited."""
