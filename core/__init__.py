"""Atelier's engine room: documents, operations, the project file and the core process. No Qt below this line."""
