"""Pages of the desk. They read the request, ask the room's other files, and choose a template."""
